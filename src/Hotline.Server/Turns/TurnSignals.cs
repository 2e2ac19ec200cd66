namespace Hotline.Server.Turns;

/// <summary>Hints inside this process that a commit has work for somebody. Losing one only costs the next poll.</summary>
internal sealed class TurnSignals(ChannelList channels)
{
    private readonly SemaphoreSlim[] _streams = [.. Enum.GetValues<OutboxStream>().Select(_ => new SemaphoreSlim(0, 1))];

    public void Committed(TurnCommit commit)
    {
        foreach (var entry in commit.Outbox)
        {
            Wake(entry.Stream);
        }

        if (commit.Log.Count > 0)
        {
            channels.Find(commit.Address.Channel)?.LogGrew(commit.Address);
        }
    }

    public void Wake(OutboxStream stream)
    {
        try
        {
            _streams[(int)stream].Release();
        }
        catch (SemaphoreFullException)
        {
            // awake already
        }
    }

    /// <summary>Waits for a hint, or for <paramref name="atMost"/>.</summary>
    public Task<bool> WaitAsync(OutboxStream stream, TimeSpan atMost, CancellationToken ct) =>
        _streams[(int)stream].WaitAsync(atMost, ct);
}
