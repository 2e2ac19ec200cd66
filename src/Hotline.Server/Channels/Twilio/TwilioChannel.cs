using System.Globalization;
using Hotline.Conversations;
using Hotline.Server.Turns;

namespace Hotline.Server.Channels.Twilio;

/// <summary>Sends through one number or Messaging Service, and asks the provider what became of what it may have sent.</summary>
internal sealed class TwilioChannel(TwilioChannelOptions options, TwilioApi api, IConversationStore store, TwilioWatch watch) : IChannel
{
    /// <summary>Clocks differ, and the provider's times are whole seconds. An older text with the same words is owned already.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(60);
    private const int SettlePages = 5;

    private readonly TwilioPace _pace = new(options.MessagesPerSecond, options.DailySegments, watch.Time);

    public string Name => options.Name;

    public ChannelDelivery Delivery => ChannelDelivery.Push;

    public IReadOnlyList<string> Split(string text) => TwilioParts.Split(text, options.IsWhatsApp);

    public async Task<SendOutcome> SendAsync(OutboundPart part, CancellationToken ct)
    {
        if (part.MayBeCapped && _pace.IsDayFull())
        {
            watch.DayFull(Name);
            return new SendOutcome.Rejected(TwilioErrors.DailySegmentsUsed);
        }

        var wait = _pace.Take(Segments(part.Text));
        if (wait > TwilioPace.LongestWait)
            return new SendOutcome.Retry(wait);
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, watch.Time, ct);

        var outcome = await api.CreateAsync(Fields(part), ct);
        if (outcome is SendOutcome.Rejected rejected)
            watch.Rejected(Name, part.PartId, rejected.Code);
        return outcome;
    }

    /// <summary>
    /// Looks for the part in the provider's list: same person, same words, made since the attempt, owned by no other part.
    /// Not filtered by <c>DateSent</c>, which a message that still waits at the provider does not have.
    /// </summary>
    public async Task<SettleOutcome> SettleAsync(OutboundPart part, DateTimeOffset attemptedAt, CancellationToken ct)
    {
        var since = attemptedAt - ClockSlack;
        var query = $"To={Uri.EscapeDataString(TwilioInbound.ToAddress(part.To))}&PageSize=100";
        for (var pages = 0; pages < SettlePages; pages++)
        {
            var answer = await api.ListAsync(query, ct);
            if (answer.Page is not { } page)
            {
                watch.ListFailed(Name, answer.Status);
                return new SettleOutcome.NotKnown();
            }

            foreach (var message in page.Messages.Where(m => IsCandidate(m, part, since)).Reverse())
            {
                if (!await store.OwnsProviderIdAsync(part.Message, Name, message.Sid, ct))
                    return new SettleOutcome.Found(message.Sid);
            }

            if (page.NextPageUri is not { Length: > 0 } next || page.Messages.All(m => m.Created < since))
                break;
            query = next;
        }

        return new SettleOutcome.Absent();
    }

    public IReadOnlyList<byte[]> LogEntries(Conversation conversation, IReadOnlyList<RecordedEvent> events) => [];

    public void LogGrew(ConversationAddress address)
    {
        // a number keeps no log of its own
    }

    private IEnumerable<FormPair> Fields(OutboundPart part)
    {
        yield return new("To", TwilioInbound.ToAddress(part.To));
        if (!string.IsNullOrEmpty(options.From))
            yield return new("From", options.From);
        if (!string.IsNullOrEmpty(options.MessagingServiceSid))
        {
            yield return new("MessagingServiceSid", options.MessagingServiceSid);

            // a service may replace characters; then the text could not be found again, and the segments were miscounted
            yield return new("SmartEncoded", "false");
        }

        yield return new("Body", part.Text);
        yield return new("StatusCallback", string.Create(CultureInfo.InvariantCulture,
            $"{options.PublicUrl.TrimEnd('/')}/channels/twilio/{Name}/status?part={part.PartId}"));
    }

    private int Segments(string text) => options.IsWhatsApp ? 1 : TwilioParts.Segments(text);

    private static bool IsCandidate(TwilioMessage message, OutboundPart part, DateTimeOffset since) =>
        message.Direction != "inbound"
        && (message.Created is not { } created || created >= since)
        && string.Equals(Plain(message.Body), Plain(part.Text), StringComparison.Ordinal);

    /// <summary>The provider may trim a text and change its line ends.</summary>
    private static string Plain(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();
}
