namespace Hotline.Server.Storage.Redis;

/// <summary>Every log line of the Redis store: codes and texts of ours only.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "Redis: {Why} ({Code}). Nothing is acknowledged by it until then; messages go to the spool.")]
    public static partial void StoreAway(this ILogger log, string code, string why);

    [LoggerMessage(2, LogLevel.Information, "Redis answers; conversations are stored there.")]
    public static partial void StoreBack(this ILogger log);

    [LoggerMessage(4, LogLevel.Error, "Sharing the shards stopped with {Type}; trying again.")]
    public static partial void SharingStopped(this ILogger log, string type);

    [LoggerMessage(3, LogLevel.Warning, "Redis's clock is {Seconds} s ahead of this machine's (0 = the same again). Times are shifted; set this machine's clock by NTP.")]
    public static partial void ClockOff(this ILogger log, double seconds);
}
