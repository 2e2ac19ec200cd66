namespace Hotline.Server.Turns;

/// <summary>
/// The right of this copy to deliver one entry. It ends by itself when the copy loses its share: then nothing may be begun
/// any more, and a request under way is cut off and settled by whoever has the share now.
/// </summary>
/// <param name="outlives">Whether the right certainly lasts that long.</param>
/// <param name="giveBack">Called once when the delivery has ended.</param>
internal sealed class DeliveryHold(Func<TimeSpan, bool> outlives, Action giveBack, CancellationToken lost) : IDisposable
{
    private Action? _giveBack = giveBack;

    /// <summary>For a store of one copy.</summary>
    public static DeliveryHold Forever { get; } = new(_ => true, () => { }, CancellationToken.None);

    public CancellationToken Lost => lost;

    public bool Outlives(TimeSpan limit) => outlives(limit);

    public void Dispose() => Interlocked.Exchange(ref _giveBack, null)?.Invoke();
}
