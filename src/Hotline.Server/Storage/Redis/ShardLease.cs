using Hotline.Server.Turns;

namespace Hotline.Server.Storage.Redis;

/// <summary>One period in which this copy delivers a shard. Its value stands in Redis and is checked by every script of the outbox.</summary>
internal sealed class ShardLease(Shard shard, string value, TimeProvider time) : IDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private long _until;

    public Shard Shard => shard;

    /// <summary>Copy and fencing token: <c>{copy}/{token}</c>.</summary>
    public string Value => value;

    public InHand InHand { get; } = new();

    /// <summary>It is to be given to another copy: nothing new is begun.</summary>
    public bool IsLeaving { get; set; }

    public CancellationToken Lost => _lost.Token;

    /// <summary>Redis keeps it for at least <paramref name="length"/> from <paramref name="asked"/> on, when the request had not left yet.</summary>
    public void Extend(long asked, TimeSpan length) => Volatile.Write(ref _until, asked + (long)(length.TotalSeconds * time.TimestampFrequency));

    public bool Outlives(TimeSpan limit) => !_lost.IsCancellationRequested && Left > limit;

    public bool IsOver => Left <= TimeSpan.Zero;

    public DeliveryHold? Hold(OutboxItem item) => InHand.Take(item, Outlives, Lost);

    /// <summary>Ends every right that was given under it.</summary>
    public void Lose() => _lost.Cancel();

    public void Dispose() => _lost.Dispose();

    private TimeSpan Left => TimeSpan.FromSeconds((Volatile.Read(ref _until) - time.GetTimestamp()) / (double)time.TimestampFrequency);
}
