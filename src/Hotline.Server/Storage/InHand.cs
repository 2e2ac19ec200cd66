using System.Collections.Concurrent;
using Hotline.Server.Turns;

namespace Hotline.Server.Storage;

/// <summary>Entries that this process is delivering; they are not given out a second time.</summary>
internal sealed class InHand
{
    private readonly ConcurrentDictionary<EventId, OutboxStream> _entries = new();

    public bool IsEmpty => _entries.IsEmpty;

    public IReadOnlyList<EventId> Of(OutboxStream stream) => [.. _entries.Where(e => e.Value == stream).Select(e => e.Key)];

    /// <summary><c>null</c>: somebody has it already.</summary>
    public DeliveryHold? Take(OutboxItem item, Func<TimeSpan, bool> outlives, CancellationToken lost) =>
        _entries.TryAdd(item.Id, item.Stream) ? new(outlives, () => _entries.TryRemove(item.Id, out _), lost) : null;
}
