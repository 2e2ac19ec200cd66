using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>
/// All times in Redis are Redis's. A copy whose clock runs off, or jumps by an hour, reads and writes them shifted, so that
/// no wait runs out early and no postponed text is late for the others. Clocks within <see cref="Same"/> count as equal.
/// </summary>
internal sealed class RedisClock(TimeProvider time)
{
    private static readonly TimeSpan Same = TimeSpan.FromSeconds(2);

    private volatile Anchor? _anchor;

    /// <summary>How far Redis's clock is ahead of ours now.</summary>
    public TimeSpan Ahead
    {
        get
        {
            var ahead = _anchor is { } anchor ? anchor.Redis + time.GetElapsedTime(anchor.At) - time.GetUtcNow() : TimeSpan.Zero;
            return ahead.Duration() < Same ? TimeSpan.Zero : ahead;
        }
    }

    /// <summary>Redis has told its time. Between two of these our own steady count of ticks goes on, whatever our clock does.</summary>
    public void Told(DateTimeOffset redis) => _anchor = new(redis, time.GetTimestamp());

    public RedisValue Ms(DateTimeOffset ours) => (ours + Ahead).ToUnixTimeMilliseconds();

    public DateTimeOffset Read(double ms) => DateTimeOffset.FromUnixTimeMilliseconds((long)ms) - Ahead;

    private sealed record Anchor(DateTimeOffset Redis, long At);
}
