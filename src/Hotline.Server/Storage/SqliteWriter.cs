using System.Threading.Channels;
using Hotline.Server.Turns;
using Microsoft.Data.Sqlite;

namespace Hotline.Server.Storage;

/// <summary>
/// The one writer. It takes all writes that wait and puts them into one transaction, so that many turns share one fsync;
/// a write hears "done" only after that. When the transaction cannot be committed, every write of it hears so.
/// It opens the file when it can and opens it again after a fault, so that the line comes back by itself.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MostInOne = 256;
    private const int MostWaiting = 4096;

    private readonly Channel<SqliteWrite> _waiting = Channel.CreateBounded<SqliteWrite>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly SqliteStoreSettings _settings;
    private readonly ILogger _log;
    private readonly Task _loop;
    private SqliteSession? _session;
    private bool _away;

    /// <exception cref="NewerSchemaException">A newer server has written the file. Any other fault may pass: writes hear of it.</exception>
    public SqliteWriter(SqliteStoreSettings settings, ILogger log)
    {
        _settings = settings;
        _log = log;
        try
        {
            _session = SqliteSession.OpenForWriting(settings);
        }
        catch (Exception e) when (e is not NewerSchemaException && SqliteFaults.IsOfTheStore(e))
        {
            GoAway(e);
        }

        _loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>How many transactions were committed.</summary>
    public long Groups { get; private set; }

    /// <summary>The last group met a fault of the file or the disk.</summary>
    public bool IsAway => Volatile.Read(ref _away);

    /// <param name="checkpoint">Afterwards the log is emptied, so that what was removed is in no file.</param>
    /// <exception cref="StoreUnavailableException">Nothing of it is durable.</exception>
    public async Task<T> DoAsync<T>(Func<SqliteSession, T> write, CancellationToken ct, bool checkpoint = false)
    {
        var item = new SqliteWrite<T>(write) { Checkpoint = checkpoint };
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

    /// <summary>Writes what waits, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        _session?.Dispose();
        _session = null;
    }

    private void Run()
    {
        var group = new List<SqliteWrite>(MostInOne);
        while (Next(group))
        {
            if (Commit(group) is { } fault)
            {
                FinishFaulty(group, fault);
            }
            else
            {
                Finish(group, null);
            }

            group.Clear();
        }
    }

    private bool Next(List<SqliteWrite> group)
    {
        // The one blocking wait of the room, on a thread of its own.
        if (!_waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            return false;
        }

        Take(group);
        return true;
    }

    private void Take(List<SqliteWrite> group)
    {
        while (group.Count < MostInOne && _waiting.Reader.TryRead(out var write))
        {
            group.Add(write);
        }
    }

    private void FinishFaulty(List<SqliteWrite> group, Exception fault)
    {
        if (SqliteFaults.IsOfTheStore(fault))
        {
            // Those who queued meanwhile would wait as long for the same answer: they hear it now, and spool.
            FailAll(group, fault);
            return;
        }

        // The fault of one must not take the others with it: each has a transaction of its own now.
        for (var i = 0; i < group.Count; i++)
        {
            var own = Commit([group[i]]);
            if (own is not null && SqliteFaults.IsOfTheStore(own))
            {
                FailAll(group[i..], own);
                return;
            }

            if (own is not null)
            {
                _log.WriteRefused(own.GetType().Name, SqliteFaults.CodeOf(own));
            }

            Finish([group[i]], own);
        }
    }

    private void FailAll(List<SqliteWrite> group, Exception fault)
    {
        Finish(group, fault);
        for (var left = _waiting.Reader.Count; left > 0 && _waiting.Reader.TryRead(out var write); left--)
        {
            Finish([write], fault);
        }
    }

    private static void Finish(List<SqliteWrite> group, Exception? fault)
    {
        foreach (var write in group)
        {
            write.Finish(fault is null ? null : new StoreUnavailableException("the database cannot be written", fault));
        }
    }

    private Exception? Commit(List<SqliteWrite> group)
    {
        try
        {
            var session = _session ??= SqliteSession.OpenForWriting(_settings);
            session["BEGIN IMMEDIATE"].Run();
            foreach (var write in group)
            {
                write.Do(session);
            }

            session["COMMIT"].Run();
        }
#pragma warning disable CA1031 // a writer that dies is a line that falls silent: whatever it is, the callers hear of it
        catch (Exception e)
        {
            RollBack(e);
            return e;
        }
#pragma warning restore CA1031

        Groups++;
        ComeBack();
        if (group.Exists(write => write.Checkpoint))
        {
            EmptyTheLog();
        }

        return null;
    }

    private void RollBack(Exception fault)
    {
        var keep = !SqliteFaults.IsOfTheStore(fault) || SqliteFaults.LeavesTheConnection(fault);
        if (SqliteFaults.IsOfTheStore(fault))
        {
            GoAway(fault);
        }

        try
        {
            _session?.RollBack();
        }
        catch (SqliteException)
        {
            keep = false;
        }

        if (!keep)
        {
            _session?.Dispose();
            _session = null;
        }
    }

    /// <summary>A reader or a full disk may hinder it; then the next checkpoint does it. The commit stands in any case.</summary>
    private void EmptyTheLog()
    {
        try
        {
            _session?["PRAGMA wal_checkpoint(TRUNCATE)"].Number();
        }
        catch (SqliteException e)
        {
            _log.LogNotEmptied(SqliteFaults.CodeOf(e));
        }
    }

    private void GoAway(Exception fault)
    {
        if (!_away)
        {
            _away = true;
            _log.StoreAway(fault.GetType().Name, SqliteFaults.CodeOf(fault));
        }
    }

    private void ComeBack()
    {
        if (_away)
        {
            _away = false;
            _log.StoreBack();
        }
    }
}
