using Hotline.Conversations;
using Hotline.Server.Privacy;

namespace Hotline.Server.Turns;

/// <summary>Where a conversation lives: one contact on one channel.</summary>
internal readonly record struct ConversationAddress(string Channel, ContactKey Contact);

/// <summary>
/// Durable state of conversations. It sees only sealed bytes, pseudonyms, ids and times: no implementation can leak
/// what it never had. Every write that this interface acknowledges is durable.
/// A store that cannot answer throws <see cref="StoreUnavailableException"/>; the caller then spools or refuses.
/// </summary>
internal interface IConversationStore
{
    /// <summary>State and version of a conversation, and whether this message was seen before. One round trip.</summary>
    Task<LoadedConversation> LoadAsync(ConversationAddress address, string? seenKey, CancellationToken ct);

    /// <summary>One atomic write of everything that a turn made, if the version is still the expected one and the seen key is new.</summary>
    Task<CommitOutcome> CommitAsync(TurnCommit commit, CancellationToken ct);

    /// <summary>The capped transcript (200 entries or 32 KB), oldest first.</summary>
    Task<IReadOnlyList<SealedLine>> ReadTranscriptAsync(ConversationAddress address, CancellationToken ct);

    /// <summary>Entries of a channel's own log after index <paramref name="after"/> (0 = from the start), at most <paramref name="max"/>.</summary>
    Task<IReadOnlyList<LogLine>> ReadLogAsync(ConversationAddress address, long after, int max, CancellationToken ct);

    /// <summary>Appends to a channel's log outside a turn. Returns the index of the first entry, the earlier one's when <paramref name="seenKey"/> was seen, 0 when there is no such conversation.</summary>
    Task<long> AppendLogAsync(ConversationAddress address, IReadOnlyList<byte[]> entries, string? seenKey, DateTimeOffset now, CancellationToken ct);

    /// <summary>Waits that have run out, earliest first.</summary>
    Task<IReadOnlyList<DueWait>> ReadDueAsync(DateTimeOffset now, int max, CancellationToken ct);

    /// <summary>
    /// The oldest unfinished entry of each conversation in this stream whose time has come. A postponed entry keeps
    /// the later ones of its own conversation back, and no others.
    /// </summary>
    Task<IReadOnlyList<OutboxItem>> ReadReadyAsync(OutboxStream stream, DateTimeOffset now, int max, CancellationToken ct);

    /// <summary>Marks a part as being attempted, before its request goes out. <c>false</c>: the entry is gone (erased meanwhile) and must not be sent.</summary>
    Task<bool> MarkAttemptAsync(EventId id, int part, DateTimeOffset now, CancellationToken ct);

    /// <summary>The part is with the provider under this id.</summary>
    Task RecordSentAsync(EventId id, int part, string channel, string providerId, DateTimeOffset now, CancellationToken ct);

    /// <summary>Tries the entry again at <paramref name="notBefore"/>. Clears an attempt mark that is settled as "not accepted".</summary>
    Task PostponeAsync(EventId id, DateTimeOffset notBefore, bool clearAttempt, CancellationToken ct);

    /// <summary>The entry is done; the next of its conversation may go.</summary>
    Task CompleteAsync(EventId id, CancellationToken ct);

    /// <summary>Gives up on an entry: kept for staff as a dead letter with a code, never silently dropped.</summary>
    Task ParkAsync(EventId id, string code, DateTimeOffset now, CancellationToken ct);

    Task<OutboxDepth> CountOutboxAsync(CancellationToken ct);

    /// <summary>
    /// Records a delivery report if it moves the part forward (by rank). <c>null</c>: part not known, or nothing new.
    /// In any case an attempted part that has no id of the provider yet gets this one: the report proves that it is out.
    /// </summary>
    Task<RecordedStatus?> RecordStatusAsync(EventId id, int part, DeliveryStatus status, int? code, string? providerId, DateTimeOffset now, CancellationToken ct);

    /// <summary>Whether some part of ours already owns this id of the provider.</summary>
    Task<bool> OwnsProviderIdAsync(string channel, string providerId, CancellationToken ct);

    /// <summary>The same, for whoever knows an event of the same conversation: a store with many parts asks one of them.</summary>
    Task<bool> OwnsProviderIdAsync(EventId near, string channel, string providerId, CancellationToken ct) => OwnsProviderIdAsync(channel, providerId, ct);

    /// <summary>A small named value, such as the time of the last good sweep.</summary>
    Task<string?> ReadMarkAsync(string name, CancellationToken ct);

    Task WriteMarkAsync(string name, string value, CancellationToken ct);

    /// <summary>Removes everything of a contact on a channel; seen keys stay (they are keyed hashes).</summary>
    Task EraseAsync(ConversationAddress address, CancellationToken ct);

    /// <summary>Removes what has outlived its time. Returns how many conversations went.</summary>
    Task<int> PurgeAsync(DateTimeOffset now, CancellationToken ct);

    /// <summary>Whether a commit would be durable now. Never throws.</summary>
    Task<bool> IsAvailableAsync(CancellationToken ct);
}

/// <summary>The store cannot answer now; nothing of the call has taken effect, or it is unknown and a repeat is safe.</summary>
internal sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException()
        : base("the conversation store is not available")
    {
    }

    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The fault is of this conversation (its key, its record), not of the store: others must not wait for it.</summary>
    public bool IsOfOneConversation => InnerException is NewerFormException or KeyUnavailableException;
}
