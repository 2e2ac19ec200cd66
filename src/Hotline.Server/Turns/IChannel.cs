using Hotline.Conversations;

namespace Hotline.Server.Turns;

/// <summary>A way out to people. Twilio pushes each part; Direct Line keeps a log that its clients read.</summary>
internal interface IChannel
{
    /// <summary>The configured name, as in <see cref="Conversation.Channel"/>.</summary>
    string Name { get; }

    /// <summary>How texts leave: pushed part by part by the outbox, or read from the log that the commit wrote.</summary>
    ChannelDelivery Delivery { get; }

    /// <summary>Cuts a text into the parts that are sent one by one. The same text gives the same parts.</summary>
    IReadOnlyList<string> Split(string text);

    /// <summary>A send takes no longer, so that the right to make it can be long enough.</summary>
    TimeSpan SendLimit => TimeSpan.FromSeconds(10);

    Task<SendOutcome> SendAsync(OutboundPart part, CancellationToken ct);

    /// <summary>What became of a part whose outcome is unknown, as far as the provider can tell.</summary>
    Task<SettleOutcome> SettleAsync(OutboundPart part, DateTimeOffset attemptedAt, CancellationToken ct);

    /// <summary>The log entries that a turn makes on a channel with <see cref="ChannelDelivery.Log"/>: the echo first, then the replies.</summary>
    IReadOnlyList<byte[]> LogEntries(Conversation conversation, IReadOnlyList<RecordedEvent> events);

    /// <summary>A hint that a log has grown. Only a hint: readers poll too.</summary>
    void LogGrew(ConversationAddress address);
}

internal enum ChannelDelivery
{
    Push,
    Log,
}

/// <summary>One part of one text on its way to one address.</summary>
internal sealed record OutboundPart(EventId Message, int Part, int Parts, Urn To, string Text)
{
    /// <summary>The id in the status callback's address: <c>{event}-{part}</c>.</summary>
    public string PartId => $"{Message.Value}-{Part}";

    /// <summary>The bot's, and of no conversation at risk: it may stop at a channel's cap of the day. All others go out over it.</summary>
    public bool MayBeCapped { get; init; }

    /// <summary>Reads an id made by <see cref="PartId"/>; <c>null</c> when it is none.</summary>
    public static (EventId Message, int Part)? ReadPartId(string? partId)
    {
        var cut = partId?.LastIndexOf('-') ?? -1;
        return cut > 0 && partId!.Length <= 80 && int.TryParse(partId.AsSpan(cut + 1), System.Globalization.NumberStyles.None, null, out var part)
            ? (new EventId(partId[..cut]), part)
            : null;
    }
}

/// <summary>The closed list of what can come of a send.</summary>
internal abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    internal sealed record Sent(string ProviderId) : SendOutcome;

    /// <summary>Certainly not accepted; try again after this time.</summary>
    internal sealed record Retry(TimeSpan After) : SendOutcome;

    /// <summary>Refused for good, with the provider's code.</summary>
    internal sealed record Rejected(int Code) : SendOutcome;

    internal sealed record OptedOut : SendOutcome;

    /// <summary>May or may not have been accepted: settle it before sending again.</summary>
    internal sealed record Unknown : SendOutcome;
}

internal abstract record SettleOutcome
{
    private SettleOutcome()
    {
    }

    internal sealed record Found(string ProviderId) : SettleOutcome;

    internal sealed record Absent : SettleOutcome;

    /// <summary>The provider could not be asked.</summary>
    internal sealed record NotKnown : SettleOutcome;
}
