namespace Hotline.Server.Channels.Twilio;

/// <summary>Every log line of this room: names of channels, ids and codes only.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "A webhook of {Channel} was refused: its form is not Twilio's.")]
    public static partial void BadForm(this ILogger log, string channel);

    [LoggerMessage(2, LogLevel.Error, "{Count} requests to {Channel} in a minute carried a wrong signature, account or number. Was the auth token or PublicUrl changed?")]
    public static partial void ForgedOften(this ILogger log, string channel, int count);

    [LoggerMessage(3, LogLevel.Warning, "{Channel}: part {Part} was refused with {Code}.")]
    public static partial void Rejected(this ILogger log, string channel, string part, int code);

    [LoggerMessage(4, LogLevel.Critical, "{Channel}: the provider refuses with {Code}. Texts do not go out until this is mended.")]
    public static partial void RejectedAlarm(this ILogger log, string channel, int code);

    [LoggerMessage(5, LogLevel.Warning, "{Channel}: the list of messages could not be read (status {Status}).")]
    public static partial void ListFailed(this ILogger log, string channel, int status);

    [LoggerMessage(6, LogLevel.Error, "{Channel}: the day's segments are used up; texts of the bot stop, people are still heard.")]
    public static partial void DayFull(this ILogger log, string channel);

    [LoggerMessage(7, LogLevel.Warning, "{Channel}: {Sid} was parked in the spool.")]
    public static partial void Spooled(this ILogger log, string channel, string sid);

    [LoggerMessage(8, LogLevel.Critical, "{Channel}: {Sid} could be stored nowhere ({Type}); the provider was told 503.")]
    public static partial void NotDurable(this ILogger log, string channel, string sid, string type);

    [LoggerMessage(9, LogLevel.Warning, "{Channel}: a delivery report for part {Part} could not be stored; the provider was told 503.")]
    public static partial void ReportNotStored(this ILogger log, string channel, string part);

    [LoggerMessage(10, LogLevel.Warning, "{Channel}: the sweep brought in {Count} messages that no webhook had brought.")]
    public static partial void Swept(this ILogger log, string channel, int count);

    [LoggerMessage(11, LogLevel.Warning, "{Channel}: the sweep stopped with {Type}; it is tried again soon.")]
    public static partial void SweepStopped(this ILogger log, string channel, string type);

    [LoggerMessage(12, LogLevel.Error, "{Channel}: message {Sid} of the sweep failed with {Type}; it is tried again.")]
    public static partial void SweepFailed(this ILogger log, string channel, string sid, string type);

    [LoggerMessage(13, LogLevel.Error, "{Channel}: {Sid} could not be run ({Type}); it is parked in the spool and tried again.")]
    public static partial void TurnBroke(this ILogger log, string channel, string sid, string type);
}
