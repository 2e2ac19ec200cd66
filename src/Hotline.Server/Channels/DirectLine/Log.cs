namespace Hotline.Server.Channels.DirectLine;

/// <summary>Every log line of this room: codes and types only.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "A Direct Line request failed with {Type}. {Stack}")]
    public static partial void RequestFailed(this ILogger log, string type, string? stack);

    [LoggerMessage(2, LogLevel.Warning, "A Direct Line socket ended with {Type}.")]
    public static partial void SocketFailed(this ILogger log, string type);

    [LoggerMessage(3, LogLevel.Warning, "Old uploads could not be removed ({Type}); trying again later.")]
    public static partial void SweepFailed(this ILogger log, string type);

    [LoggerMessage(4, LogLevel.Error, "{Count} entries of an activity log could not be opened ({Type}) and were left out.")]
    public static partial void EntriesUnreadable(this ILogger log, int count, string type);
}
