namespace Hotline.Server.Storage;

/// <summary>Every log line of this room: codes and types only.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "The conversation database cannot be opened or written ({Type}, code {Code}); nothing is acknowledged until it can.")]
    public static partial void StoreAway(this ILogger log, string type, int code);

    [LoggerMessage(2, LogLevel.Information, "The conversation database can be written again.")]
    public static partial void StoreBack(this ILogger log);

    [LoggerMessage(3, LogLevel.Error, "One write was refused by the conversation database ({Type}, code {Code}); the others of its group are not touched.")]
    public static partial void WriteRefused(this ILogger log, string type, int code);

    [LoggerMessage(4, LogLevel.Warning, "The write-ahead log could not be emptied after an erase (code {Code}); the next checkpoint does it.")]
    public static partial void LogNotEmptied(this ILogger log, int code);
}
