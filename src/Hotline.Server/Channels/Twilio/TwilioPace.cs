namespace Hotline.Server.Channels.Twilio;

/// <summary>
/// How fast and how much one number may send, in segments: a bucket that holds one second's worth and may go into
/// debt for one message, and a count that begins anew each UTC day. Kept in memory: a restart begins a new count.
/// </summary>
internal sealed class TwilioPace(double perSecond, int perDay, TimeProvider time)
{
    /// <summary>A longer wait is the outbox's business, so that one slow number does not hold its workers.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private double _tokens = Math.Max(1, perSecond);
    private DateTimeOffset _filled = time.GetUtcNow();
    private DateOnly _day;
    private int _today;

    /// <summary>
    /// Takes the segments and says how long to wait before sending them. When that is longer than
    /// <see cref="LongestWait"/>, nothing was taken.
    /// </summary>
    public TimeSpan Take(int segments)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var wait = TimeSpan.Zero;
            if (perSecond > 0)
            {
                _tokens = Math.Min(Math.Max(1, perSecond), _tokens + (now - _filled).TotalSeconds * perSecond);
                _filled = now;
                wait = _tokens > 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
                if (wait > LongestWait)
                    return wait;
                _tokens -= segments;
            }

            BeginDay(now);
            _today += segments;
            return wait;
        }
    }

    /// <summary>Whether this day's segments are used up.</summary>
    public bool IsDayFull()
    {
        lock (_lock)
        {
            BeginDay(time.GetUtcNow());
            return perDay > 0 && _today >= perDay;
        }
    }

    private void BeginDay(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        if (day == _day)
            return;
        _day = day;
        _today = 0;
    }
}
