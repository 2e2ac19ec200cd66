using Hotline.Conversations;

namespace Hotline.Server.Channels.Twilio;

/// <summary>
/// The word that a person gets while nothing can be stored: at most once per number and outage. Numbers are remembered
/// in memory until the store is back, and only as long as that.
/// </summary>
internal sealed class TwilioOutage(string? text)
{
    private const int Limit = 100_000;

    private readonly Lock _lock = new();
    private readonly HashSet<Urn> _told = [];
    private volatile bool _any;

    /// <summary>TwiML with the text for a person who has not had it in this outage, else empty TwiML.</summary>
    public string Answer(Urn person, bool providerAnswers)
    {
        if (string.IsNullOrWhiteSpace(text) || providerAnswers)
            return TwiMl.Empty;

        lock (_lock)
        {
            // over the limit nobody can be remembered, so nobody is told twice by being told nothing
            if (_told.Count >= Limit || !_told.Add(person))
                return TwiMl.Empty;
            _any = true;
        }

        return TwiMl.Message(text);
    }

    /// <summary>The store works again.</summary>
    public void End()
    {
        if (!_any)
            return;
        lock (_lock)
        {
            _told.Clear();
            _any = false;
        }
    }
}
