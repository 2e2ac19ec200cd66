using System.Globalization;
using Hotline.Server.Turns;
using Microsoft.Data.Sqlite;

namespace Hotline.Server.Storage;

/// <summary>The writing statements of the store, prepared once on the writer's connection. Each runs inside the writer's transaction.</summary>
internal sealed class SqliteWrites(SqliteConnection connection) : IDisposable
{
    private const int MostLines = 200;
    private const int MostLineBytes = 32 * 1024;

    private readonly List<SqliteStatement> _all = [];
    private readonly Dictionary<string, SqliteStatement> _byText = new(StringComparer.Ordinal);

    public CommitOutcome Commit(TurnCommit c)
    {
        var (channel, contact) = (c.Address.Channel, c.Address.Contact.Value);
        if (c.SeenKey is not null && S("SELECT log_index FROM seen WHERE key = $1", 1).Get(c.SeenKey) is long earlier)
        {
            return new CommitOutcome.Seen(earlier);
        }

        var row = S("SELECT version, last_line, last_log FROM conversation WHERE channel = $1 AND contact = $2", 2)
            .Read(r => (Version: r.GetInt64(0), Line: r.GetInt64(1), Log: r.GetInt64(2)), channel, contact);
        var (version, line, log) = row.Count == 0 ? (0, 0, 0) : row[0];
        if (version != c.ExpectedVersion)
        {
            return CommitOutcome.Conflict.Instance;
        }

        foreach (var entry in c.Transcript)
        {
            S("INSERT INTO line (channel, contact, seq, id, at, body) VALUES ($1, $2, $3, $4, $5, $6)", 6)
                .Run(channel, contact, ++line, entry.Id.Value, Ms(entry.At), entry.Body);
        }

        var firstLog = c.Log.Count == 0 ? 0 : log + 1;
        foreach (var body in c.Log)
        {
            AddLog(channel, contact, ++log, body);
        }

        S("""
            INSERT INTO conversation (channel, contact, id, version, state, touched, due_token, due_at, last_line, last_log)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            ON CONFLICT (channel, contact) DO UPDATE SET id = $3, version = $4, state = $5, touched = $6, due_token = $7, due_at = $8, last_line = $9, last_log = $10
            """, 10).Run(channel, contact, c.Id.Value, version + 1, c.State, Ms(c.Now), c.Due?.WaitToken, c.Due is { } due ? Ms(due.At) : null, line, log);
        foreach (var entry in c.Outbox)
        {
            S("""
                INSERT INTO outbox (id, stream, channel, contact, body, created, not_before, attempts) VALUES ($1, $2, $3, $4, $5, $6, 0, 0)
                """, 6).Run(entry.Id.Value, (int)entry.Stream, channel, contact, entry.Body, Ms(c.Now));
        }

        MarkSeen(c.SeenKey, firstLog, c.Now);
        if (c.Transcript.Count > 0)
        {
            TrimLines(channel, contact, line);
        }

        return new CommitOutcome.Committed(firstLog);
    }

    public long AppendLog(ConversationAddress address, IReadOnlyList<byte[]> entries, string? seenKey, DateTimeOffset now)
    {
        var (channel, contact) = (address.Channel, address.Contact.Value);
        if (seenKey is not null && S("SELECT log_index FROM seen WHERE key = $1", 1).Get(seenKey) is long earlier)
        {
            return earlier;
        }

        if (S("SELECT last_log FROM conversation WHERE channel = $1 AND contact = $2", 2).Get(channel, contact) is not long log)
        {
            return 0;
        }

        var first = log + 1;
        foreach (var body in entries)
        {
            AddLog(channel, contact, ++log, body);
        }

        S("UPDATE conversation SET last_log = $3 WHERE channel = $1 AND contact = $2", 3).Run(channel, contact, log);
        MarkSeen(seenKey, first, now);
        return first;
    }

    public int MarkAttempt(EventId id, int part, DateTimeOffset now) => S("""
        INSERT INTO part (event, part, channel, contact, attempted, status, at)
        SELECT id, $2, channel, contact, $3, 0, $3 FROM outbox WHERE id = $1
        ON CONFLICT (event, part) DO UPDATE SET attempted = $3
        """, 3).Run(id.Value, part, Ms(now));

    public int RecordSent(EventId id, int part, string channel, string providerId, DateTimeOffset now) => S("""
        INSERT INTO part (event, part, channel, contact, attempted, provider, status, at)
        SELECT id, $2, $3, contact, $5, $4, 1, $5 FROM outbox WHERE id = $1
        ON CONFLICT (event, part) DO UPDATE SET provider = coalesce(provider, $4)
        """, 5).Run(id.Value, part, channel, providerId, Ms(now));

    public int Postpone(EventId id, DateTimeOffset notBefore, bool clearAttempt)
    {
        if (clearAttempt)
        {
            S("UPDATE part SET attempted = NULL WHERE event = $1 AND provider IS NULL", 1).Run(id.Value);
        }

        return S("UPDATE outbox SET not_before = $2, attempts = attempts + 1 WHERE id = $1", 2).Run(id.Value, Ms(notBefore));
    }

    public int Complete(EventId id) => S("DELETE FROM outbox WHERE id = $1", 1).Run(id.Value);

    public int Park(EventId id, string code, DateTimeOffset now)
    {
        S("""
            INSERT OR REPLACE INTO parked (id, stream, channel, contact, body, code, at)
            SELECT id, stream, channel, contact, body, $2, $3 FROM outbox WHERE id = $1
            """, 3).Run(id.Value, code, Ms(now));
        return Complete(id);
    }

    public RecordedStatus? RecordStatus(EventId id, int part, DeliveryStatus status, (int? Code, string? Provider, DateTimeOffset Now) report)
    {
        var known = S("SELECT channel, contact, status, provider FROM part WHERE event = $1 AND part = $2", 2)
            .Read(r => (Channel: r.GetString(0), Contact: r.GetString(1), Status: (DeliveryStatus)r.GetInt32(2), Provider: r.IsDBNull(3) ? null : r.GetString(3)), id.Value, part);
        if (known is not [var row])
        {
            return null;
        }

        if (row.Provider is null && report.Provider is not null)
        {
            S("UPDATE part SET provider = $3 WHERE event = $1 AND part = $2", 3).Run(id.Value, part, report.Provider);
        }

        if (status <= row.Status)
        {
            return null;
        }

        S("UPDATE part SET status = $3, code = $4, at = $5 WHERE event = $1 AND part = $2", 5).Run(id.Value, part, (int)status, report.Code, Ms(report.Now));
        return new(new(row.Channel, new(row.Contact)), status, report.Code);
    }

    public int WriteMark(string name, string value) =>
        S("INSERT INTO mark (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2", 2).Run(name, value);

    public int Erase(ConversationAddress address)
    {
        var rows = 0;
        foreach (var table in (string[])["conversation", "line", "log", "outbox", "parked", "part"])
        {
            rows += S($"DELETE FROM {table} WHERE channel = $1 AND contact = $2", 2).Run(address.Channel, address.Contact.Value);
        }

        return rows;
    }

    public int Purge(DateTimeOffset now, TimeSpan timeToLive)
    {
        S("DELETE FROM seen WHERE at < $1", 1).Run(Ms(now - TimeSpan.FromHours(48)));
        S("DELETE FROM part WHERE at < $1 AND event NOT IN (SELECT id FROM outbox)", 1).Run(Ms(now - timeToLive));
        S("DELETE FROM parked WHERE at < $1", 1).Run(Ms(now - timeToLive));
        var old = S("""
            SELECT channel, contact FROM conversation c WHERE touched < $1
            AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.channel = c.channel AND o.contact = c.contact)
            """, 1).Read(r => new ConversationAddress(r.GetString(0), new(r.GetString(1))), Ms(now - timeToLive));
        foreach (var address in old)
        {
            Erase(address);
        }

        return old.Count;
    }

    public void Dispose()
    {
        foreach (var statement in _all)
        {
            statement.Dispose();
        }
    }

    internal static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private void AddLog(string channel, string contact, long index, byte[] body) =>
        S("INSERT INTO log (channel, contact, idx, body) VALUES ($1, $2, $3, $4)", 4).Run(channel, contact, index, body);

    private void MarkSeen(string? key, long logIndex, DateTimeOffset now)
    {
        if (key is not null)
        {
            S("INSERT INTO seen (key, log_index, at) VALUES ($1, $2, $3)", 3).Run(key, logIndex, Ms(now));
        }
    }

    private void TrimLines(string channel, string contact, long last)
    {
        S("DELETE FROM line WHERE channel = $1 AND contact = $2 AND seq <= $3", 3).Run(channel, contact, last - MostLines);
        var bytes = Convert.ToInt64(
            S("SELECT coalesce(sum(length(body)), 0) FROM line WHERE channel = $1 AND contact = $2", 2).Get(channel, contact), CultureInfo.InvariantCulture);
        while (bytes > MostLineBytes
            && S("SELECT seq, length(body) FROM line WHERE channel = $1 AND contact = $2 AND seq < $3 ORDER BY seq LIMIT 1", 3)
                .Read(r => (Seq: r.GetInt64(0), Bytes: r.GetInt64(1)), channel, contact, last) is [var oldest])
        {
            S("DELETE FROM line WHERE channel = $1 AND contact = $2 AND seq = $3", 3).Run(channel, contact, oldest.Seq);
            bytes -= oldest.Bytes;
        }
    }

    private SqliteStatement S(string sql, int parameters)
    {
        if (!_byText.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(connection, sql, parameters);
            _byText[sql] = statement;
            _all.Add(statement);
        }

        return statement;
    }
}
