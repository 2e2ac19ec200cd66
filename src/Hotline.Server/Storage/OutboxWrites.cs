using Hotline.Server.Turns;
using static Hotline.Server.Storage.CommitWrites;

namespace Hotline.Server.Storage;

/// <summary>How an outbox entry and its parts go on their way.</summary>
internal static class OutboxWrites
{
    /// <summary>The heads that nobody has in hand; of a text, the first part that is not out is marked as attempted, unless it was before.</summary>
    public static IReadOnlyList<OutboxItem> Take(SqliteSession db, OutboxStream stream, DateTimeOffset now, (int Most, HashSet<EventId> InHand) wanted)
    {
        List<OutboxItem> items =
            [.. StoreReads.Ready(db, stream, now, wanted.Most + wanted.InHand.Count).Where(item => !wanted.InHand.Contains(item.Id)).Take(wanted.Most)];
        foreach (var item in items.Where(_ => stream != OutboxStream.Desk))
        {
            var part = item.Parts.TakeWhile(p => p.ProviderId is not null).Count();
            if (item.Parts.FirstOrDefault(p => p.Part == part) is not { AttemptedAt: not null })
            {
                MarkAttempt(db, item.Id, part, now);
            }
        }

        return items;
    }

    /// <summary>Whether the entry was still there to go on with.</summary>
    public static bool Advance(SqliteSession db, SentPart sent, int? nextPart, DateTimeOffset now)
    {
        RecordSent(db, sent.Message, sent.Part, (sent.Channel, sent.ProviderId, now));
        return nextPart is { } next ? MarkAttempt(db, sent.Message, next, now) : Complete(db, sent.Message);
    }

    /// <summary>Whether the entry is still there to be sent.</summary>
    public static bool MarkAttempt(SqliteSession db, EventId id, int part, DateTimeOffset now) =>
        db["""
            INSERT INTO part (event, part, conversation, channel, at, attempted, status)
            SELECT o.id, ?2, o.conversation, c.channel, ?3, ?3, 0 FROM outbox o JOIN conversation c ON c.n = o.conversation WHERE o.id = ?1
            ON CONFLICT (event, part) DO UPDATE SET attempted = ?3
            """].Run(id.Value, part, Ms(now)) > 0;

    public static int RecordSent(SqliteSession db, EventId id, int part, (string Channel, string ProviderId, DateTimeOffset Now) sent) =>
        db["""
            INSERT INTO part (event, part, conversation, channel, at, attempted, provider, status)
            SELECT id, ?2, conversation, ?3, ?5, ?5, ?4, 0 FROM outbox WHERE id = ?1
            ON CONFLICT (event, part) DO UPDATE SET provider = ?4
            """].Run(id.Value, part, sent.Channel, sent.ProviderId, Ms(sent.Now)) is > 0 and var rows
            ? rows
            : db["UPDATE part SET provider = ?3 WHERE event = ?1 AND part = ?2"].Run(id.Value, part, sent.ProviderId);

    public static int Postpone(SqliteSession db, EventId id, DateTimeOffset notBefore, bool clearAttempt)
    {
        if (clearAttempt)
        {
            db["UPDATE part SET attempted = NULL WHERE event = ?1 AND provider IS NULL"].Run(id.Value);
        }

        return db["UPDATE outbox SET not_before = ?2, attempts = attempts + 1 WHERE id = ?1"].Run(id.Value, Ms(notBefore));
    }

    public static bool Complete(SqliteSession db, EventId id)
    {
        var gone = db["DELETE FROM outbox WHERE id = ?1 RETURNING conversation, stream, head"]
            .First(row => (Found: true, Conversation: row.Long(0), Stream: row.Long(1), Head: row.Long(2) == 1), default, id.Value);
        if (gone.Head)
        {
            db["UPDATE outbox SET head = 1 WHERE seq = (SELECT min(seq) FROM outbox WHERE conversation = ?1 AND stream = ?2)"]
                .Run(gone.Conversation, gone.Stream);
        }

        return gone.Found;
    }

    public static bool Park(SqliteSession db, EventId id, string code, DateTimeOffset now)
    {
        db["""
            INSERT OR REPLACE INTO parked (id, stream, conversation, code, at, body)
            SELECT id, stream, conversation, ?2, ?3, body FROM outbox WHERE id = ?1
            """].Run(id.Value, code, Ms(now));
        return Complete(db, id);
    }

    public static RecordedStatus? RecordStatus(SqliteSession db, EventId id, int part, (DeliveryStatus Status, int? Code, string? ProviderId) report)
    {
        var known = db["""
            SELECT c.channel, c.contact, p.status FROM part p JOIN conversation c ON c.n = p.conversation WHERE p.event = ?1 AND p.part = ?2
            """].First(row => new RecordedStatus(new(row.Text(0), new(row.Text(1))), (DeliveryStatus)row.Int(2), null), null, id.Value, part);
        if (known is null)
        {
            return null;
        }

        if (report.ProviderId is not null)
        {
            db["UPDATE part SET provider = ?3 WHERE event = ?1 AND part = ?2 AND provider IS NULL"].Run(id.Value, part, report.ProviderId);
        }

        if (report.Status <= known.Status)
        {
            return null;
        }

        db["UPDATE part SET status = ?3, code = ?4 WHERE event = ?1 AND part = ?2"].Run(id.Value, part, (long)report.Status, report.Code);
        return known with { Status = report.Status, Code = report.Code };
    }
}
