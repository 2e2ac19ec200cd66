namespace Hotline.Server.Turns;

/// <summary>
/// The side of the store that delivers. Several copies of the server share it: what one has in hand, no other is given,
/// and a copy that has lost its share can still tell what it did but decide nothing.
/// </summary>
internal interface IDeliveryStore : IConversationStore
{
    /// <summary>One copy of all: it does what is to be done once, such as a sweep.</summary>
    bool LeadsDuties { get; }

    /// <summary>
    /// As <see cref="IConversationStore.ReadReadyAsync"/>, of this copy's share and without what it has in hand already. Of a
    /// text, the first part that is not out is marked as attempted, unless it was before. Each item's hold must be disposed.
    /// </summary>
    Task<IReadOnlyList<OutboxItem>> TakeReadyAsync(OutboxStream stream, DateTimeOffset now, int max, CancellationToken ct);

    /// <summary>
    /// A part is with the provider: the next one is marked as attempted, or the entry is done. One command for both.
    /// <c>false</c>: the entry is gone or another copy's, nothing more of it may be sent.
    /// </summary>
    Task<bool> AdvanceAsync(SentPart sent, int? nextPart, DateTimeOffset now, CancellationToken ct);

    /// <summary>Calls this when there may be something to take. Only a hint.</summary>
    void OnReady(Action<OutboxStream> wake);
}

/// <summary>A part that the provider has accepted under an id.</summary>
internal sealed record SentPart(EventId Message, int Part, string Channel, string ProviderId);
