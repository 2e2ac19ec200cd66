namespace Hotline.Server.Desk;

/// <summary>Every log line of this room: ids, codes and types only.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Warning, "The desk's courier stopped with {Type}; trying again.")]
    public static partial void CourierStopped(this ILogger log, string type);

    [LoggerMessage(2, LogLevel.Warning, "The conversation of ticket {Ticket} is gone; its command {Command} has nobody to tell.")]
    public static partial void ConversationGone(this ILogger log, string ticket, string command);

    [LoggerMessage(3, LogLevel.Error, "Reply {Id} of ticket {Ticket} cannot be read ({Type}).")]
    public static partial void ReplyUnreadable(this ILogger log, Guid id, string ticket, string type);

    [LoggerMessage(4, LogLevel.Warning, "What ticket {Ticket} has for its conversation failed with {Type}; trying again.")]
    public static partial void TicketStopped(this ILogger log, string ticket, string type);

    [LoggerMessage(5, LogLevel.Warning, "A draft of ticket {Ticket} could not be written down ({Type}); trying again.")]
    public static partial void DraftWaits(this ILogger log, string ticket, string type);
}
