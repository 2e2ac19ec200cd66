using System.Collections.Concurrent;
using Hotline.Server.Turns;
using Microsoft.Data.Sqlite;

namespace Hotline.Server.Storage;

/// <summary>
/// Connections that only read. They see what is committed and never wait for the writer. Reads are short and
/// synchronous: a thread switch would cost more than the read.
/// </summary>
internal sealed class SqliteReaders(SqliteStoreSettings settings) : IDisposable
{
    private const int MostKept = 16;

    private readonly ConcurrentBag<SqliteSession> _free = [];
    private volatile bool _closed;

    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(ct);
        }

        if (_closed)
        {
            return Task.FromException<T>(new StoreUnavailableException("the store is closed"));
        }

        SqliteSession? session = null;
        try
        {
            if (!_free.TryTake(out session))
            {
                session = SqliteSession.OpenForReading(settings);
            }

            var value = read(session);
            Return(session);
            return Task.FromResult(value);
        }
        catch (SqliteException e)
        {
            session?.Dispose();
            return Task.FromException<T>(new StoreUnavailableException("the database cannot be read", e));
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_free.TryTake(out var session))
        {
            session.Dispose();
        }
    }

    private void Return(SqliteSession session)
    {
        if (_closed || _free.Count >= MostKept)
        {
            session.Dispose();
        }
        else
        {
            _free.Add(session);
        }
    }
}
