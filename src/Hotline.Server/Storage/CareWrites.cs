using Hotline.Server.Turns;
using static Hotline.Server.Storage.CommitWrites;

namespace Hotline.Server.Storage;

/// <summary>Marks, and the removal of what must go or has outlived its time.</summary>
internal static class CareWrites
{
    private const int MostRows = 500;
    private const int MostConversations = 50;

    private static readonly TimeSpan SeenFor = TimeSpan.FromHours(48);

    public static int WriteMark(SqliteSession db, string name, string value) =>
        db["INSERT INTO mark (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2"].Run(name, value);

    public static bool Erase(SqliteSession db, ConversationAddress address)
    {
        if (db["SELECT n FROM conversation WHERE contact = ?1 AND channel = ?2"].Number(address.Contact.Value, address.Channel) is not { } number)
        {
            return false;
        }

        Erase(db, number);
        return true;
    }

    /// <summary>One bounded step, so that turns get in between. <c>Left</c>: there may be more.</summary>
    public static (int Conversations, bool Left) Purge(SqliteSession db, DateTimeOffset now, TimeSpan timeToLive)
    {
        var old = Ms(now - timeToLive);
        var rows = Math.Max(
            db["DELETE FROM seen WHERE key IN (SELECT key FROM seen WHERE at < ?1 LIMIT ?2)"].Run(Ms(now - SeenFor), MostRows),
            db["DELETE FROM log WHERE (conversation, idx) IN (SELECT conversation, idx FROM log WHERE at < ?1 LIMIT ?2)"].Run(old, MostRows));
        rows = Math.Max(rows, db["""
            DELETE FROM part WHERE (event, part) IN
            (SELECT event, part FROM part p WHERE at < ?1 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = p.event) LIMIT ?2)
            """].Run(old, MostRows));
        rows = Math.Max(rows, db["DELETE FROM parked WHERE id IN (SELECT id FROM parked WHERE at < ?1 LIMIT ?2)"].Run(old, MostRows));
        var gone = db["""
            SELECT n FROM conversation c WHERE touched < ?1 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.conversation = c.n) LIMIT ?2
            """].All(row => row.Long(0), old, MostConversations);
        foreach (var number in gone)
        {
            Erase(db, number);
        }

        return (gone.Count, rows >= MostRows || gone.Count >= MostConversations);
    }

    private static void Erase(SqliteSession db, long number)
    {
        db["DELETE FROM line WHERE conversation = ?1"].Run(number);
        db["DELETE FROM log WHERE conversation = ?1"].Run(number);
        db["DELETE FROM outbox WHERE conversation = ?1"].Run(number);
        db["DELETE FROM parked WHERE conversation = ?1"].Run(number);
        db["DELETE FROM part WHERE conversation = ?1"].Run(number);
        db["DELETE FROM conversation WHERE n = ?1"].Run(number);
    }
}
