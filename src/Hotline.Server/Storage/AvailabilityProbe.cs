using Hotline.Server.Turns;

namespace Hotline.Server.Storage;

/// <summary>
/// Whether a commit would be durable now, found out by a real write. Anybody may ask the health page: a good answer
/// counts for a second, and those who ask at once share one write.
/// </summary>
internal sealed class AvailabilityProbe(Func<string, Task> write, Func<bool> isAway, TimeProvider time)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(1);

    /// <summary>As long as what a turn writes: on a full disk a shorter one may still find a place.</summary>
    private static readonly string Trial = new('x', 32 * 1024);

    private readonly Lock _lock = new();
    private Task<bool>? _asked;
    private long _answered;

    public Task<bool> AskAsync()
    {
        lock (_lock)
        {
            if (_asked is null || (_asked.IsCompleted && (!_asked.Result || isAway() || time.GetElapsedTime(_answered) > GoodFor)))
            {
                _answered = time.GetTimestamp();
                _asked = WriteAsync();
            }

            return _asked;
        }
    }

    private async Task<bool> WriteAsync()
    {
        try
        {
            await write(Trial);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }
}
