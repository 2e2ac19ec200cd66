namespace Hotline.Server.Storage;

/// <summary>The tables of <c>conversations.db</c>, one step per version; <c>user_version</c> says how far a file is.</summary>
internal static class SqliteSchema
{
    /// <summary>Version 1: everything by channel and contact.</summary>
    private const string First = """
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
        """;

    /// <summary>
    /// Version 2: a conversation has a number, which all else refers to; it counts its own lines; the outbox knows the
    /// head of each conversation, so that a long backlog costs nothing to look at; log entries have a time.
    /// </summary>
    private const string Numbered = """
        ALTER TABLE conversation RENAME TO conversation_1;
        ALTER TABLE line RENAME TO line_1;
        ALTER TABLE log RENAME TO log_1;
        ALTER TABLE outbox RENAME TO outbox_1;
        ALTER TABLE parked RENAME TO parked_1;
        ALTER TABLE part RENAME TO part_1;
        DROP INDEX conversation_due; DROP INDEX conversation_touched; DROP INDEX outbox_order; DROP INDEX part_provider; DROP INDEX part_at;

        CREATE TABLE conversation (
            n INTEGER PRIMARY KEY, channel TEXT NOT NULL, contact TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
            touched INTEGER NOT NULL, due_token TEXT, due_at INTEGER, first_line INTEGER NOT NULL, last_line INTEGER NOT NULL,
            line_bytes INTEGER NOT NULL, last_log INTEGER NOT NULL, state BLOB NOT NULL);
        CREATE UNIQUE INDEX conversation_place ON conversation (contact, channel);
        CREATE INDEX conversation_due ON conversation (due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX conversation_touched ON conversation (touched);
        INSERT INTO conversation (channel, contact, id, version, touched, due_token, due_at, first_line, last_line, line_bytes, last_log, state)
            SELECT channel, contact, id, version, touched, due_token, due_at,
            coalesce((SELECT min(seq) FROM line_1 l WHERE l.channel = c.channel AND l.contact = c.contact), last_line + 1), last_line,
            coalesce((SELECT sum(length(body)) FROM line_1 l WHERE l.channel = c.channel AND l.contact = c.contact), 0), last_log, state
            FROM conversation_1 c;

        CREATE TABLE line (
            conversation INTEGER NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (conversation, seq)) WITHOUT ROWID;
        INSERT INTO line SELECT c.n, l.seq, l.id, l.at, l.body FROM line_1 l JOIN conversation c USING (channel, contact);

        CREATE TABLE log (
            conversation INTEGER NOT NULL, idx INTEGER NOT NULL, at INTEGER NOT NULL, body BLOB NOT NULL,
            PRIMARY KEY (conversation, idx)) WITHOUT ROWID;
        CREATE INDEX log_at ON log (at);
        INSERT INTO log SELECT c.n, l.idx, c.touched, l.body FROM log_1 l JOIN conversation c USING (channel, contact);

        CREATE TABLE outbox (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stream INTEGER NOT NULL, conversation INTEGER NOT NULL, head INTEGER NOT NULL,
            not_before INTEGER NOT NULL, created INTEGER NOT NULL, attempts INTEGER NOT NULL, body BLOB NOT NULL);
        CREATE INDEX outbox_order ON outbox (conversation, stream, seq);
        CREATE INDEX outbox_ready ON outbox (stream, not_before, seq) WHERE head = 1;
        INSERT INTO outbox SELECT o.seq, o.id, o.stream, c.n,
            NOT EXISTS (SELECT 1 FROM outbox_1 e WHERE e.stream = o.stream AND e.channel = o.channel AND e.contact = o.contact AND e.seq < o.seq),
            o.not_before, o.created, o.attempts, o.body FROM outbox_1 o JOIN conversation c USING (channel, contact);

        CREATE TABLE parked (
            id TEXT PRIMARY KEY, stream INTEGER NOT NULL, conversation INTEGER NOT NULL, code TEXT NOT NULL, at INTEGER NOT NULL,
            body BLOB NOT NULL) WITHOUT ROWID;
        CREATE INDEX parked_conversation ON parked (conversation);
        INSERT INTO parked SELECT p.id, p.stream, c.n, p.code, p.at, p.body FROM parked_1 p JOIN conversation c USING (channel, contact);

        CREATE TABLE part (
            event TEXT NOT NULL, part INTEGER NOT NULL, conversation INTEGER NOT NULL, channel TEXT NOT NULL, at INTEGER NOT NULL,
            attempted INTEGER, provider TEXT, status INTEGER NOT NULL, code INTEGER, PRIMARY KEY (event, part)) WITHOUT ROWID;
        CREATE INDEX part_conversation ON part (conversation);
        CREATE INDEX part_provider ON part (provider, channel) WHERE provider IS NOT NULL;
        CREATE INDEX part_at ON part (at);
        INSERT INTO part SELECT p.event, p.part, c.n, p.channel, p.at, p.attempted, p.provider, p.status, p.code
            FROM part_1 p JOIN conversation c USING (channel, contact);

        DROP TABLE part_1; DROP TABLE parked_1; DROP TABLE outbox_1; DROP TABLE log_1; DROP TABLE line_1; DROP TABLE conversation_1;
        """;

    /// <summary>Every file goes through all of them, so that each is tried on each start of a new line.</summary>
    private static readonly string[] Steps = [First, Numbered];

    /// <param name="upTo">Stops at this version; only the tests of the steps do.</param>
    /// <exception cref="NewerSchemaException">A newer server has written the file.</exception>
    public static void Apply(SqliteSession session, int? upTo = null)
    {
        var version = session["PRAGMA user_version"].Number() ?? 0;
        if (version > Steps.Length)
        {
            throw new NewerSchemaException($"conversations.db is of version {version}, newer than this server knows ({Steps.Length})");
        }

        for (; version < (upTo ?? Steps.Length); version++)
        {
            session.Execute("BEGIN IMMEDIATE");
            try
            {
                session.Execute($"{Steps[version]} PRAGMA user_version = {version + 1};");
                session.Execute("COMMIT");
            }
            catch
            {
                session.Execute("ROLLBACK");
                throw;
            }
        }
    }
}
