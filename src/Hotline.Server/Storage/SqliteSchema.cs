using Microsoft.Data.Sqlite;

namespace Hotline.Server.Storage;

/// <summary>The tables of <c>conversations.db</c>, one step per version; <c>user_version</c> says how far a file is.</summary>
internal static class SqliteSchema
{
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE conversation (
            channel TEXT NOT NULL, contact TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, state BLOB NOT NULL,
            touched INTEGER NOT NULL, due_token TEXT, due_at INTEGER, last_line INTEGER NOT NULL, last_log INTEGER NOT NULL,
            PRIMARY KEY (channel, contact)) WITHOUT ROWID;
        CREATE INDEX conversation_due ON conversation (due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX conversation_touched ON conversation (touched);
        CREATE TABLE seen (key TEXT PRIMARY KEY, log_index INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX seen_at ON seen (at);
        CREATE TABLE line (
            channel TEXT NOT NULL, contact TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (channel, contact, seq)) WITHOUT ROWID;
        CREATE TABLE log (
            channel TEXT NOT NULL, contact TEXT NOT NULL, idx INTEGER NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (channel, contact, idx)) WITHOUT ROWID;
        CREATE TABLE outbox (
            seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, stream INTEGER NOT NULL, channel TEXT NOT NULL, contact TEXT NOT NULL,
            body BLOB NOT NULL, created INTEGER NOT NULL, not_before INTEGER NOT NULL, attempts INTEGER NOT NULL);
        CREATE INDEX outbox_order ON outbox (stream, channel, contact, seq);
        CREATE TABLE parked (
            id TEXT PRIMARY KEY, stream INTEGER NOT NULL, channel TEXT NOT NULL, contact TEXT NOT NULL, body BLOB NOT NULL,
            code TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE part (
            event TEXT NOT NULL, part INTEGER NOT NULL, channel TEXT NOT NULL, contact TEXT NOT NULL, attempted INTEGER, provider TEXT,
            status INTEGER NOT NULL, code INTEGER, at INTEGER NOT NULL, PRIMARY KEY (event, part)) WITHOUT ROWID;
        CREATE INDEX part_provider ON part (channel, provider) WHERE provider IS NOT NULL;
        CREATE INDEX part_at ON part (at);
        CREATE TABLE mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        """,
    ];

    public static void Apply(SqliteConnection connection)
    {
        var version = Convert.ToInt32(Scalar(connection, "PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture);
        if (version > Steps.Length)
        {
            throw new InvalidOperationException($"conversations.db is of version {version}, newer than this server knows ({Steps.Length})");
        }

        for (; version < Steps.Length; version++)
        {
            Execute(connection, $"BEGIN IMMEDIATE; {Steps[version]} PRAGMA user_version = {version + 1}; COMMIT;");
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
