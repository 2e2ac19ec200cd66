using Hotline.Conversations;
using Hotline.Server.Turns;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>
/// The line to Redis. Each call has a limit of its own; the first that meets a fault of the whole shuts the line, so that
/// the others hear it at once and nobody queues behind a dead server. <see cref="RedisKeeper"/> opens it again.
/// </summary>
internal sealed class RedisLine : IAsyncDisposable
{
    private readonly RedisStoreSettings _settings;
    private readonly RedisKeeper _keeper;
    private long _calls;
    private volatile bool _closed;

    /// <param name="opened">Called with each new connection, before it is used.</param>
    public RedisLine(RedisStoreSettings settings, TimeProvider time, ILogger log, Func<RedisConnection, Task> opened)
    {
        _settings = settings;
        Clock = new RedisClock(time);
        _keeper = new RedisKeeper(settings, Clock, time, log) { Opened = opened };
        _keeper.Start();
    }

    public RedisClock Clock { get; }

    /// <summary>Why the line is shut, or <c>null</c> when it is open.</summary>
    public RedisFault? Fault => _closed ? RedisFault.Closed : _keeper.Fault;

    /// <summary>After the first attempt to connect: what is wrong.</summary>
    public async Task<RedisFault?> FirstFaultAsync()
    {
        await _keeper.First;
        return Fault;
    }

    /// <exception cref="StoreUnavailableException">Nothing of it has taken effect, or it is unknown and a repeat is safe.</exception>
    public async Task<T> AskAsync<T>(Func<IDatabase, Task<T>> ask, CancellationToken ct)
    {
        Interlocked.Increment(ref _calls);
        try
        {
            if (!_keeper.First.IsCompleted)
            {
                await _keeper.First.WaitAsync(_settings.Limit, ct);
            }

            if (Fault is { } shut || _keeper.Database is not { } db)
            {
                throw new StoreUnavailableException((Fault ?? RedisFault.Starting).Text);
            }

            return await ask(db).WaitAsync(_settings.Limit, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException && RedisFault.Of(e) is { } fault)
        {
            if (fault == RedisFault.Newer)
            {
                // of one conversation: its message waits for a newer copy, and nobody else's
                throw new StoreUnavailableException(fault.Text, new NewerFormException(fault.Text, e));
            }

            _keeper.Met(fault);
            throw new StoreUnavailableException(fault.Text, e);
        }
        finally
        {
            Interlocked.Decrement(ref _calls);
        }
    }

    /// <summary>Runs a script by its hash; a server that does not know it gets its text.</summary>
    public Task<RedisResult> RunAsync(RedisScript script, RedisKey key, RedisValue[] arguments, CancellationToken ct) =>
        AskAsync(db => RunAsync(db, script, key, arguments), ct);

    public static async Task<RedisResult> RunAsync(IDatabase db, RedisScript script, RedisKey key, RedisValue[] arguments)
    {
        try
        {
            return await db.ScriptEvaluateAsync(script.Hash, [key], arguments);
        }
        catch (RedisServerException e) when (e.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return await db.ExecuteAsync("EVAL", [script.Text, 1, key, .. arguments.Select(a => (object)a)]);
        }
    }

    /// <summary>Waits for the calls under way, each of which has its limit, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _closed = true;
        while (Interlocked.Read(ref _calls) > 0)
        {
            await Task.Delay(5);
        }

        await _keeper.DisposeAsync();
    }
}
