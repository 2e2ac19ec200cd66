using Hotline.Server.Turns;
using static Hotline.Server.Storage.CommitWrites;

namespace Hotline.Server.Storage;

/// <summary>The reading statements of the store.</summary>
internal static class StoreReads
{
    public static LoadedConversation Load(SqliteSession db, ConversationAddress address, string? seenKey) =>
        db["""
            SELECT s.log_index, c.version, c.state FROM (SELECT 1)
            LEFT JOIN conversation c ON c.contact = ?1 AND c.channel = ?2 LEFT JOIN seen s ON s.key = ?3
            """].First(
            row => new LoadedConversation(
                row.IsNull(2) ? null : row.Body(2), row.IsNull(1) ? 0 : row.Long(1), row.IsNull(0) ? null : row.Long(0)),
            new LoadedConversation(null, 0, null), address.Contact.Value, address.Channel, seenKey);

    public static IReadOnlyList<SealedLine> Transcript(SqliteSession db, ConversationAddress address) =>
        db["""
            SELECT l.id, l.at, l.body FROM conversation c JOIN line l ON l.conversation = c.n
            WHERE c.contact = ?1 AND c.channel = ?2 ORDER BY l.seq
            """].All(row => new SealedLine(new(row.Text(0)), row.Time(1), row.Body(2)), address.Contact.Value, address.Channel);

    public static IReadOnlyList<LogLine> Log(SqliteSession db, ConversationAddress address, long after, int max) =>
        db["""
            SELECT l.idx, l.body FROM conversation c JOIN log l ON l.conversation = c.n
            WHERE c.contact = ?1 AND c.channel = ?2 AND l.idx > ?3 ORDER BY l.idx LIMIT ?4
            """].All(row => new LogLine(row.Long(0), row.Body(1)), address.Contact.Value, address.Channel, after, max);

    public static IReadOnlyList<DueWait> Due(SqliteSession db, DateTimeOffset now, int max) =>
        db["SELECT channel, contact, due_token, due_at FROM conversation WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2"]
            .All(row => new DueWait(new(row.Text(0), new(row.Text(1))), row.Text(2), row.Time(3)), Ms(now), max);

    /// <summary>
    /// Heads whose time has come. Those that were postponed come first and get at most half the places, so that neither
    /// they nor the new ones can starve the others. A new entry has no time: a clock set back cannot hold it.
    /// </summary>
    public static IReadOnlyList<OutboxItem> Ready(SqliteSession db, OutboxStream stream, DateTimeOffset now, int max)
    {
        var heads = new List<Head>();
        heads.AddRange(db["""
            SELECT o.id, c.channel, c.contact, o.body, o.created, o.attempts FROM outbox o JOIN conversation c ON c.n = o.conversation
            WHERE o.head = 1 AND o.stream = ?1 AND o.not_before > 0 AND o.not_before <= ?2 ORDER BY o.not_before, o.seq LIMIT ?3
            """].All(ReadHead, (long)stream, Ms(now), (max + 1) / 2));
        heads.AddRange(db["""
            SELECT o.id, c.channel, c.contact, o.body, o.created, o.attempts FROM outbox o JOIN conversation c ON c.n = o.conversation
            WHERE o.head = 1 AND o.stream = ?1 AND o.not_before = 0 ORDER BY o.seq LIMIT ?2
            """].All(ReadHead, (long)stream, max - heads.Count));
        return [.. heads.Select(head => new OutboxItem(
            new(head.Id), stream, head.Address, head.Body, head.Created, head.Attempts, stream == OutboxStream.Desk ? [] : Parts(db, head.Id)))];
    }

    public static OutboxDepth Depth(SqliteSession db) =>
        db["SELECT sum(stream = 0), sum(stream = 1), sum(stream = 2), (SELECT count(*) FROM parked) FROM outbox"]
            .First(row => new OutboxDepth(row.Int(0), row.Int(1), row.Int(2), row.Int(3)), new OutboxDepth(0, 0, 0, 0));

    public static bool OwnsProviderId(SqliteSession db, string channel, string providerId) =>
        db["SELECT 1 FROM part WHERE provider = ?1 AND channel = ?2 LIMIT 1"].Number(providerId, channel) is not null;

    public static string? Mark(SqliteSession db, string name) =>
        db["SELECT value FROM mark WHERE name = ?1"].First(row => row.TextOrNull(0), null, name);

    private static List<PartState> Parts(SqliteSession db, string id) =>
        db["SELECT part, attempted, provider FROM part WHERE event = ?1 ORDER BY part"]
            .All(row => new PartState(row.Int(0), row.IsNull(1) ? null : row.Time(1), row.TextOrNull(2)), id);

    private static Head ReadHead(SqliteRow row) =>
        new(row.Text(0), new(row.Text(1), new(row.Text(2))), row.Body(3), row.Time(4), row.Int(5));

    private sealed record Head(string Id, ConversationAddress Address, byte[] Body, DateTimeOffset Created, int Attempts);
}
