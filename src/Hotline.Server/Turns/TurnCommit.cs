using Hotline.Conversations;

namespace Hotline.Server.Turns;

/// <param name="State">Sealed state, or <c>null</c> when there is none yet.</param>
/// <param name="SeenAt">If the message was seen before: the index of its first entry in the channel's log (0 when it made none).</param>
internal sealed record LoadedConversation(byte[]? State, long Version, long? SeenAt);

/// <summary>Everything that one turn makes durable, at once or not at all.</summary>
internal sealed record TurnCommit
{
    public required ConversationAddress Address { get; init; }

    public required ConversationId Id { get; init; }

    /// <summary>Version that was loaded; 0 = there was none.</summary>
    public required long ExpectedVersion { get; init; }

    public required byte[] State { get; init; }

    /// <summary>Keyed hash of the message's id; kept 48 h.</summary>
    public string? SeenKey { get; init; }

    public IReadOnlyList<SealedLine> Transcript { get; init; } = [];

    public IReadOnlyList<OutboxEntry> Outbox { get; init; } = [];

    /// <summary>Entries for the channel's own log (Direct Line's activities); the store gives each the next index, from 1.</summary>
    public IReadOnlyList<byte[]> Log { get; init; } = [];

    /// <summary>The wait that the conversation now has; <c>null</c> removes an earlier one.</summary>
    public DueTime? Due { get; init; }

    public required DateTimeOffset Now { get; init; }
}

internal sealed record DueTime(string WaitToken, DateTimeOffset At);

internal sealed record DueWait(ConversationAddress Address, string WaitToken, DateTimeOffset At);

/// <summary>A sealed event with its id.</summary>
internal sealed record SealedLine(EventId Id, DateTimeOffset At, byte[] Body);

internal sealed record LogLine(long Index, byte[] Body);

internal enum OutboxStream
{
    /// <summary>For the cases database; never waits for a provider.</summary>
    Desk,

    /// <summary>Texts that answer a person.</summary>
    Reply,

    /// <summary>Texts that nobody waits for.</summary>
    Bulk,
}

internal sealed record OutboxEntry(EventId Id, OutboxStream Stream, byte[] Body);

/// <summary>An unfinished entry and how far its parts came.</summary>
internal sealed record OutboxItem(
    EventId Id, OutboxStream Stream, ConversationAddress Address, byte[] Body, DateTimeOffset Created, int Attempts, IReadOnlyList<PartState> Parts)
{
    /// <summary>This copy's right to deliver it, when it was taken and not only read.</summary>
    public DeliveryHold Hold { get; init; } = DeliveryHold.Forever;
}

/// <param name="AttemptedAt">Set before the request went out; with no <paramref name="ProviderId"/> the outcome is unknown.</param>
internal sealed record PartState(int Part, DateTimeOffset? AttemptedAt, string? ProviderId);

internal sealed record OutboxDepth(int Desk, int Reply, int Bulk, int Parked);

internal abstract record CommitOutcome
{
    private CommitOutcome()
    {
    }

    /// <param name="FirstLogIndex">Index of the first log entry of this commit; 0 when it had none.</param>
    internal sealed record Committed(long FirstLogIndex) : CommitOutcome;

    /// <summary>Somebody else's turn came in between: load and run again.</summary>
    internal sealed record Conflict : CommitOutcome
    {
        public static Conflict Instance { get; } = new();
    }

    /// <summary>The same message was committed before.</summary>
    internal sealed record Seen(long FirstLogIndex) : CommitOutcome;
}

/// <summary>Ordered by rank: a status never goes backwards.</summary>
internal enum DeliveryStatus
{
    Accepted = 0,
    Queued = 1,
    Sending = 2,
    Sent = 3,
    Delivered = 4,
    Undelivered = 5,
    Failed = 6,
    Canceled = 7,
    Read = 8,
}

/// <summary>A report that moved a part forward.</summary>
internal sealed record RecordedStatus(ConversationAddress Address, DeliveryStatus Status, int? Code);
