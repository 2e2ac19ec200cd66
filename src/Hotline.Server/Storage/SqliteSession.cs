using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hotline.Server.Storage;

/// <summary>One connection with the statements that were prepared on it. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    private SqliteSession(SqliteConnection connection) => _connection = connection;

    /// <summary>For the writer: makes the file when there is none and brings it to the present schema.</summary>
    /// <exception cref="SqliteException">The file cannot be opened or written.</exception>
    /// <exception cref="NewerSchemaException">A newer server has written the file.</exception>
    public static SqliteSession OpenForWriting(SqliteStoreSettings settings)
    {
        var session = Open(settings, SqliteOpenMode.ReadWriteCreate);
        try
        {
            // FULL: the log is on the disk before a commit returns. A longer log writes a busy page once for many turns.
            session.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
            session.Execute("PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -32768;");
            SqliteSchema.Apply(session);
            if (settings.MaxPages > 0)
            {
                session.Execute($"PRAGMA max_page_count = {settings.MaxPages}");
            }

            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <exception cref="SqliteException">The file is not there or cannot be read.</exception>
    public static SqliteSession OpenForReading(SqliteStoreSettings settings)
    {
        var session = Open(settings, SqliteOpenMode.ReadWrite); // readers of a write-ahead log write its index
        session.Execute("PRAGMA query_only = ON");
        return session;
    }

    /// <summary>As the file is: no schema, no write-ahead log.</summary>
    public static SqliteSession Open(SqliteStoreSettings settings, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = settings.File,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString());
        var session = new SqliteSession(connection);
        try
        {
            connection.Open();
            session.Execute($"PRAGMA busy_timeout = {settings.BusyMs}");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public SqliteStatement this[string sql]
    {
        get
        {
            if (!_statements.TryGetValue(sql, out var statement))
            {
                statement = new SqliteStatement(_connection.Handle!, sql); // open as long as this session
                _statements[sql] = statement;
            }

            return statement;
        }
    }

    /// <summary>Runs a text of several statements once.</summary>
    public void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Ends an open transaction without effect; SQLite has often done so itself.</summary>
    public void RollBack()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle!) == 0) // open as long as this session
        {
            this["ROLLBACK"].Run();
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _connection.Dispose();
    }
}
