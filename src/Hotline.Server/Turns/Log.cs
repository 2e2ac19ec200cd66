namespace Hotline.Server.Turns;

/// <summary>Every log line of this room: ids, codes and types only.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A turn failed with {Type}; the person was handed to a human. {Stack}")]
    public static partial void TurnFailed(this ILogger log, string type, string? stack);

    [LoggerMessage(2, LogLevel.Error, "A stored conversation cannot be opened ({Type}); a new one was begun and handed to a human.")]
    public static partial void StateUnreadable(this ILogger log, string type);

    [LoggerMessage(3, LogLevel.Warning, "The {Stream} outbox stopped with {Type}; trying again in {Seconds} s.")]
    public static partial void OutboxStopped(this ILogger log, OutboxStream stream, string type, double seconds);

    [LoggerMessage(4, LogLevel.Warning, "Outbox entry {Id} failed with {Type}; trying again later.")]
    public static partial void EntryFailed(this ILogger log, EventId id, string type);

    [LoggerMessage(5, LogLevel.Error, "Outbox entry {Id} was given up with code {Code}; it is kept as a dead letter.")]
    public static partial void EntryParked(this ILogger log, EventId id, string code);

    [LoggerMessage(6, LogLevel.Warning, "The clock of waits stopped with {Type}; trying again.")]
    public static partial void ClockStopped(this ILogger log, string type);

    [LoggerMessage(7, LogLevel.Warning, "The store is not available; {Count} messages wait in the spool.")]
    public static partial void SpoolWaits(this ILogger log, int count);

    [LoggerMessage(8, LogLevel.Error, "Spool file {File} cannot be read ({Type}); it was set aside as .damaged.")]
    public static partial void SpoolDamaged(this ILogger log, string file, string type);

    [LoggerMessage(9, LogLevel.Information, "Content {Version} is live.")]
    public static partial void ContentLive(this ILogger log, string version);

    [LoggerMessage(10, LogLevel.Error, "The content was refused and {Version} stays live: {Faults} faults. First: {First}")]
    public static partial void ContentRefused(this ILogger log, string version, int faults, string first);

    [LoggerMessage(11, LogLevel.Critical, "THE CONTENT FILES ARE BROKEN. Running on the last good content {Version}. First fault: {First}")]
    public static partial void ContentLastGood(this ILogger log, string version, string first);

    [LoggerMessage(12, LogLevel.Information, "{Count} conversations outlived their time and were removed.")]
    public static partial void Purged(this ILogger log, int count);

    [LoggerMessage(13, LogLevel.Error, "A spooled message failed with {Type}; it stays in the spool.")]
    public static partial void SpoolStopped(this ILogger log, string type);

    [LoggerMessage(14, LogLevel.Error, "A conversation was written by a newer server than this one; its message waits in the spool. Upgrade this copy.")]
    public static partial void StateNewer(this ILogger log);

    [LoggerMessage(15, LogLevel.Error, "Line {Id} of a transcript cannot be read ({Type}); the ticket is opened without it.")]
    public static partial void LineUnreadable(this ILogger log, EventId id, string type);
}
