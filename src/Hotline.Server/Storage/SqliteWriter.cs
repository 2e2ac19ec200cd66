using System.Threading.Channels;
using Hotline.Server.Turns;
using Microsoft.Data.Sqlite;

namespace Hotline.Server.Storage;

/// <summary>
/// The one writer. It takes all writes that wait and puts them into one transaction, so that many turns share one fsync;
/// a write hears "done" only after that. When the transaction cannot be committed, every write of it hears so.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MostInOne = 256;
    private const int MostWaiting = 4096;

    private readonly Channel<Write> _waiting = Channel.CreateBounded<Write>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly SqliteConnection _connection;
    private readonly SqliteWrites _writes;
    private readonly Task _loop;

    public SqliteWriter(SqliteConnection connection)
    {
        _connection = connection;
        _writes = new SqliteWrites(connection);
        _loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <exception cref="StoreUnavailableException">Nothing of it is durable.</exception>
    public async Task<T> DoAsync<T>(Func<SqliteWrites, T> write, CancellationToken ct)
    {
        var item = new Write<T>(write);
        try
        {
            await _waiting.Writer.WriteAsync(item, ct);
        }
        catch (ChannelClosedException e)
        {
            throw new StoreUnavailableException("the store is closed", e);
        }

        // Once queued it will be written: the caller hears what became of it even if it has lost interest.
        return await item.Result;
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        _writes.Dispose();
        await _connection.DisposeAsync();
    }

    private void Run()
    {
        var batch = new List<Write>(MostInOne);
        while (Next(batch))
        {
            var fault = Commit(batch);
            foreach (var write in batch)
            {
                // One that fails must not take the others with it: after a fault each has a transaction of its own.
                write.Finish(fault is not null && batch.Count > 1 ? Commit([write]) : fault);
            }

            batch.Clear();
        }
    }

    private bool Next(List<Write> batch)
    {
        // The one blocking wait of the room, on a thread of its own.
        if (!_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            return false;
        }

        while (batch.Count < MostInOne && _waiting.Reader.TryRead(out var write))
        {
            batch.Add(write);
        }

        return true;
    }

    private StoreUnavailableException? Commit(List<Write> batch)
    {
        try
        {
            SqliteSchema.Execute(_connection, "BEGIN IMMEDIATE");
            foreach (var write in batch)
            {
                write.Do(_writes);
            }

            SqliteSchema.Execute(_connection, "COMMIT");
            return null;
        }
        catch (Exception e) when (e is SqliteException or InvalidOperationException or IOException)
        {
            try
            {
                SqliteSchema.Execute(_connection, "ROLLBACK");
            }
            catch (SqliteException)
            {
                // SQLite has rolled back by itself
            }

            return new StoreUnavailableException("the database cannot be written", e);
        }
    }

    private abstract class Write
    {
        public abstract void Do(SqliteWrites writes);

        public abstract void Finish(StoreUnavailableException? fault);
    }

    private sealed class Write<T>(Func<SqliteWrites, T> write) : Write
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _value;

        public Task<T> Result => _done.Task;

        public override void Do(SqliteWrites writes) => _value = write(writes);

        public override void Finish(StoreUnavailableException? fault)
        {
            if (fault is null)
            {
                _done.SetResult(_value!); // set by Do, which ran before
            }
            else
            {
                _done.SetException(fault);
            }
        }
    }
}
