using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hotline.Server.Storage;

/// <summary>
/// One statement, prepared once and used again and again on one connection; its parameters are <c>?1</c>, <c>?2</c> … It speaks to SQLite itself: a command
/// object per execution costs more than the work that a turn makes.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="SqliteException">The text is wrong for this database, or it cannot be read.</exception>
    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement), database);
    }

    /// <summary>Runs the statement and returns how many rows it changed.</summary>
    public int Run(params ReadOnlySpan<SqliteValue> values)
    {
        Bind(values);
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            Reset();
        }

        return raw.sqlite3_changes(_database);
    }

    /// <summary>The first column of the first row; <c>null</c> when there is no row or it is null.</summary>
    public long? Number(params ReadOnlySpan<SqliteValue> values) =>
        First(row => row.IsNull(0) ? (long?)null : row.Long(0), null, values);

    /// <summary>The first row, or <paramref name="none"/>.</summary>
    public T First<T>(Func<SqliteRow, T> read, T none, params ReadOnlySpan<SqliteValue> values)
    {
        Bind(values);
        try
        {
            var found = none;
            for (var first = true; Step(); first = false)
            {
                // A statement that also writes is done only when it has been stepped to its end.
                if (first)
                {
                    found = read(new SqliteRow(_statement));
                }
            }

            return found;
        }
        finally
        {
            Reset();
        }
    }

    public List<T> All<T>(Func<SqliteRow, T> read, params ReadOnlySpan<SqliteValue> values)
    {
        Bind(values);
        try
        {
            var rows = new List<T>();
            while (Step())
            {
                rows.Add(read(new SqliteRow(_statement)));
            }

            return rows;
        }
        finally
        {
            Reset();
        }
    }

    public void Dispose() => _statement.Dispose();

    private void Bind(ReadOnlySpan<SqliteValue> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            var result = value.Content switch
            {
                null => raw.sqlite3_bind_null(_statement, i + 1),
                string text => raw.sqlite3_bind_text(_statement, i + 1, text),
                byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(_statement, i + 1, 0),
                byte[] body => raw.sqlite3_bind_blob(_statement, i + 1, body),
                _ => raw.sqlite3_bind_int64(_statement, i + 1, value.Number),
            };
            SqliteException.ThrowExceptionForRC(result, _database);
        }
    }

    private bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result is raw.SQLITE_ROW or raw.SQLITE_DONE)
        {
            return result == raw.SQLITE_ROW;
        }

        SqliteException.ThrowExceptionForRC(result, _database);
        return false;
    }

    /// <summary>The result repeats the fault of the step before, which has been thrown already.</summary>
    private void Reset()
    {
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
    }
}
