using Hotline.Server.Turns;

namespace Hotline.Server.Storage;

/// <summary>What a turn makes durable. Few statements, each on one short index path: this is the hot path.</summary>
internal static class CommitWrites
{
    private const int MostLines = 200;
    private const int MostLineBytes = 32 * 1024;

    public static CommitOutcome Commit(SqliteSession db, TurnCommit commit)
    {
        if (FindSeen(db, commit.SeenKey) is { } earlier)
        {
            return new CommitOutcome.Seen(earlier);
        }

        var before = Find(db, commit.Address);
        if ((before?.Version ?? 0) != commit.ExpectedVersion)
        {
            return CommitOutcome.Conflict.Instance;
        }

        var now = Ms(commit.Now);
        var head = before ?? Begin(db, commit, now);
        var lines = AddLines(db, head, commit.Transcript);
        var last = AddLog(db, head.Number, head.LastLog, commit.Log, now);
        db["""
            UPDATE conversation SET id = ?2, version = ?3, touched = ?4, due_token = ?5, due_at = ?6,
            first_line = ?7, last_line = ?8, line_bytes = ?9, last_log = ?10, state = ?11 WHERE n = ?1
            """].Run(
            head.Number, commit.Id.Value, head.Version + 1, now, commit.Due?.WaitToken, commit.Due is { } due ? Ms(due.At) : default(long?),
            lines.First, lines.Last, lines.Bytes, last, commit.State);
        AddOutbox(db, head.Number, commit.Outbox, now);
        var first = commit.Log.Count == 0 ? 0 : head.LastLog + 1;
        MarkSeen(db, commit.SeenKey, first, now);
        return new CommitOutcome.Committed(first);
    }

    /// <returns>The index of the first entry; the earlier one's for a repeat; 0 when there is no such conversation.</returns>
    public static long AppendLog(SqliteSession db, ConversationAddress address, IReadOnlyList<byte[]> entries, (string? SeenKey, DateTimeOffset Now) turn)
    {
        if (FindSeen(db, turn.SeenKey) is { } earlier)
        {
            return earlier;
        }

        if (Find(db, address) is not { } head)
        {
            return 0;
        }

        var last = AddLog(db, head.Number, head.LastLog, entries, Ms(turn.Now));
        db["UPDATE conversation SET last_log = ?2 WHERE n = ?1"].Run(head.Number, last);
        MarkSeen(db, turn.SeenKey, head.LastLog + 1, Ms(turn.Now));
        return head.LastLog + 1;
    }

    internal static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private static Head? Find(SqliteSession db, ConversationAddress address) =>
        db["SELECT n, version, first_line, last_line, line_bytes, last_log FROM conversation WHERE contact = ?1 AND channel = ?2"].First(
            row => new Head(row.Long(0), row.Long(1), new(row.Long(2), row.Long(3), row.Long(4)), row.Long(5)),
            null, address.Contact.Value, address.Channel);

    private static Head Begin(SqliteSession db, TurnCommit commit, long now)
    {
        var number = db["""
            INSERT INTO conversation (channel, contact, id, version, touched, first_line, last_line, line_bytes, last_log, state)
            VALUES (?1, ?2, ?3, 0, ?4, 1, 0, 0, 0, x'') RETURNING n
            """].Number(commit.Address.Channel, commit.Address.Contact.Value, commit.Id.Value, now);
        return new Head(number ?? throw new InvalidOperationException("an insert gives its number"), 0, new(1, 0, 0), 0);
    }

    /// <summary>Adds lines at the end and removes the oldest above the cap. The newest stays, however long it is.</summary>
    private static Lines AddLines(SqliteSession db, Head head, IReadOnlyList<SealedLine> added)
    {
        var (first, last, bytes) = head.Lines;
        foreach (var line in added)
        {
            db["INSERT INTO line (conversation, seq, id, at, body) VALUES (?1, ?2, ?3, ?4, ?5)"]
                .Run(head.Number, ++last, line.Id.Value, Ms(line.At), line.Body);
            bytes += line.Body.Length;
        }

        while (first < last && (last - first >= MostLines || bytes > MostLineBytes))
        {
            bytes -= db["DELETE FROM line WHERE conversation = ?1 AND seq = ?2 RETURNING length(body)"].Number(head.Number, first) ?? 0;
            first++;
        }

        return new(first, last, bytes);
    }

    private static long AddLog(SqliteSession db, long conversation, long last, IReadOnlyList<byte[]> entries, long now)
    {
        foreach (var body in entries)
        {
            db["INSERT INTO log (conversation, idx, at, body) VALUES (?1, ?2, ?3, ?4)"].Run(conversation, ++last, now, body);
        }

        return last;
    }

    /// <summary>The first unfinished entry of a conversation in a stream is its head: the only one that may be delivered.</summary>
    private static void AddOutbox(SqliteSession db, long conversation, IReadOnlyList<OutboxEntry> entries, long now)
    {
        foreach (var entry in entries)
        {
            db["""
                INSERT INTO outbox (id, stream, conversation, head, not_before, created, attempts, body)
                VALUES (?1, ?2, ?3, NOT EXISTS (SELECT 1 FROM outbox WHERE conversation = ?3 AND stream = ?2), 0, ?4, 0, ?5)
                """].Run(entry.Id.Value, (long)entry.Stream, conversation, now, entry.Body);
        }
    }

    private static long? FindSeen(SqliteSession db, string? key) =>
        key is null ? null : db["SELECT log_index FROM seen WHERE key = ?1"].Number(key);

    private static void MarkSeen(SqliteSession db, string? key, long logIndex, long now)
    {
        if (key is not null)
        {
            db["INSERT INTO seen (key, log_index, at) VALUES (?1, ?2, ?3)"].Run(key, logIndex, now);
        }
    }

    private sealed record Head(long Number, long Version, Lines Lines, long LastLog);

    /// <param name="First">The oldest line's number; one above <paramref name="Last"/> when there is none.</param>
    private readonly record struct Lines(long First, long Last, long Bytes);
}
