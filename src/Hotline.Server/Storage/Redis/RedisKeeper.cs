using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>
/// Connects, looks whether this Redis may be used, and opens the line again by itself after a fault. A Redis that must not
/// be used (it evicts, or was begun with another number of shards) is refused until somebody mends it.
/// </summary>
internal sealed class RedisKeeper : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>After that long without success the connection is made anew: names may lead elsewhere by now.</summary>
    private static readonly TimeSpan ConnectAnew = TimeSpan.FromSeconds(5);

    private readonly RedisStoreSettings _settings;
    private readonly RedisClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0, 1);
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loop = Task.CompletedTask;
    private volatile RedisFault? _fault = RedisFault.Starting;
    private volatile RedisConnection? _connection;
    private string _said = "";
    private double _saidSeconds;

    public RedisKeeper(RedisStoreSettings settings, RedisClock clock, TimeProvider time, ILogger log)
    {
        _settings = settings;
        _clock = clock;
        _time = time;
        _log = log;
    }

    /// <summary>Ends with the first attempt, whatever came of it.</summary>
    public Task First => _first.Task;

    public RedisFault? Fault => _fault;

    /// <summary>Called with each new connection, before it is used.</summary>
    public Func<RedisConnection, Task> Opened { get; set; } = _ => Task.CompletedTask;

    public IDatabase? Database => _connection?.Database;

    public void Start() => _loop = Task.Run(KeepAsync);

    /// <summary>A call met this. A fault of all shuts the line at once.</summary>
    public void Met(RedisFault fault)
    {
        if (fault.IsOfAll && fault != RedisFault.Closed)
        {
            _fault ??= fault;
        }

        Say(fault);
        Wake();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _connection?.Dispose();
        _stop.Dispose();
        _wake.Dispose();
    }

    private async Task KeepAsync()
    {
        var good = _time.GetTimestamp();
        while (!_stop.IsCancellationRequested)
        {
            var fault = await LookAsync();
            if (fault is null)
            {
                good = _time.GetTimestamp();
            }
            else if (_time.GetElapsedTime(good) > ConnectAnew)
            {
                good = _time.GetTimestamp();
                _connection?.Dispose();
                _connection = null;
            }

            _fault = fault is { IsOfAll: false } ? null : fault;
            Say(fault);
            _first.TrySetResult();
            await WaitAsync(fault is null ? LookAgain : TryAgain);
        }
    }

    private async Task<RedisFault?> LookAsync()
    {
        try
        {
            if (_connection is null)
            {
                var connection = await RedisConnection.OpenAsync(_settings);
                await Opened(connection);
                _connection = connection;
            }

            var fault = await RedisCheck.FindFaultAsync(_connection, _settings.Limit);
            if (fault == RedisFault.Unreached)
            {
                return await RedisDiagnosis.FindAsync(_settings);
            }

            _clock.Told(await RedisCheck.ReadTimeAsync(_connection.Database).WaitAsync(_settings.Limit));
            SayClock();
            return fault;
        }
#pragma warning disable CA1031 // a keeper that dies is a line that never comes back
        catch (Exception e)
        {
            return RedisFault.Of(e) is { } fault && fault != RedisFault.Unreached && fault != RedisFault.Slow ? fault : await RedisDiagnosis.FindAsync(_settings);
        }
#pragma warning restore CA1031
    }

    private async Task WaitAsync(TimeSpan atMost)
    {
        try
        {
            await _wake.WaitAsync(atMost, _stop.Token);
            if (atMost == LookAgain && _fault is null)
            {
                // woken by one call's fault while the line is open: look, but not in a tight circle
                await Task.Delay(TryAgain, _time, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // closing
        }
    }

    private void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // awake already, or closing
        }
    }

    private void SayClock()
    {
        var seconds = Math.Round(_clock.Ahead.TotalSeconds);
        if (Math.Abs(seconds - _saidSeconds) > 1)
        {
            _saidSeconds = seconds;
            _log.ClockOff(seconds);
        }
    }

    /// <summary>Each change is said once.</summary>
    private void Say(RedisFault? fault)
    {
        var code = fault?.Code ?? "";
        if (Interlocked.Exchange(ref _said, code) == code)
        {
            return;
        }

        if (fault is null)
        {
            _log.StoreBack();
        }
        else
        {
            _log.StoreAway(fault.Code, fault.Text);
        }
    }
}
