using System.Collections.Concurrent;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>
/// Slows who asks too often, and never refuses: real clients give a message up for good on a 429. A burst passes at
/// once, then one passes per step, and nobody waits longer than a client would.
/// </summary>
internal sealed class Pace(TimeProvider time, TimeSpan step, int burst)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _free = new(StringComparer.Ordinal);
    private long _calls;

    public Task WaitAsync(string who, CancellationToken ct)
    {
        var delay = Next(who);
        return delay > TimeSpan.Zero ? Task.Delay(delay, time, ct) : Task.CompletedTask;
    }

    /// <summary>How long this call has to wait.</summary>
    public TimeSpan Next(string who)
    {
        var now = time.GetUtcNow();
        var free = _free.AddOrUpdate(who, _ => now + step, (_, old) => (old > now ? old : now) + step);
        if (Interlocked.Increment(ref _calls) % 1024 == 0)
        {
            foreach (var (key, old) in _free)
            {
                if (old < now)
                {
                    _free.TryRemove(new(key, old));
                }
            }
        }

        var wait = free - now - step * burst;
        return wait > Longest ? Longest : wait;
    }
}
