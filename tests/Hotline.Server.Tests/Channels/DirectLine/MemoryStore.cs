using System.Collections.Concurrent;
using Hotline.Conversations;
using Hotline.Server.Turns;

namespace Hotline.Server.Tests.Channels.DirectLine;

/// <summary>As much of a store as a chat needs, in memory, with a switch that takes it away.</summary>
internal sealed class MemoryStore : IConversationStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ConversationAddress, (byte[] State, long Version)> _states = [];
    private readonly Dictionary<ConversationAddress, List<LogLine>> _logs = [];
    private readonly Dictionary<string, long> _seen = new(StringComparer.Ordinal);

    public bool Away { get; set; }

    public ConcurrentBag<TurnCommit> Commits { get; } = [];

    public Task<LoadedConversation> LoadAsync(ConversationAddress address, string? seenKey, CancellationToken ct) => Locked(() =>
    {
        long? seen = seenKey is not null && _seen.TryGetValue(seenKey, out var index) ? index : null;
        return _states.TryGetValue(address, out var found) ? new LoadedConversation(found.State, found.Version, seen) : new(null, 0, seen);
    });

    public Task<CommitOutcome> CommitAsync(TurnCommit commit, CancellationToken ct) => Locked<CommitOutcome>(() =>
    {
        if (commit.SeenKey is { } key && _seen.TryGetValue(key, out var seen))
        {
            return new CommitOutcome.Seen(seen);
        }

        if ((_states.TryGetValue(commit.Address, out var found) ? found.Version : 0) != commit.ExpectedVersion)
        {
            return CommitOutcome.Conflict.Instance;
        }

        _states[commit.Address] = (commit.State, commit.ExpectedVersion + 1);
        var first = Append(commit.Address, commit.Log);
        Remember(commit.SeenKey, first);
        Commits.Add(commit);
        return new CommitOutcome.Committed(first);
    });

    public Task<IReadOnlyList<LogLine>> ReadLogAsync(ConversationAddress address, long after, int max, CancellationToken ct) =>
        Locked<IReadOnlyList<LogLine>>(() => _logs.TryGetValue(address, out var log) ? [.. log.Where(l => l.Index > after).Take(max)] : []);

    public Task<long> AppendLogAsync(
        ConversationAddress address, IReadOnlyList<byte[]> entries, string? seenKey, DateTimeOffset now, CancellationToken ct) => Locked(() =>
    {
        if (seenKey is not null && _seen.TryGetValue(seenKey, out var seen))
        {
            return seen;
        }

        var first = Append(address, entries);
        Remember(seenKey, first);
        return first;
    });

    public Task EraseAsync(ConversationAddress address, CancellationToken ct) => Locked(() => _states.Remove(address) | _logs.Remove(address));

    public Task<bool> IsAvailableAsync(CancellationToken ct) => Task.FromResult(!Away);

    public Task<IReadOnlyList<SealedLine>> ReadTranscriptAsync(ConversationAddress address, CancellationToken ct) => throw NotHere();

    public Task<IReadOnlyList<DueWait>> ReadDueAsync(DateTimeOffset now, int max, CancellationToken ct) => throw NotHere();

    public Task<IReadOnlyList<OutboxItem>> ReadReadyAsync(OutboxStream stream, DateTimeOffset now, int max, CancellationToken ct) => throw NotHere();

    public Task<bool> MarkAttemptAsync(EventId id, int part, DateTimeOffset now, CancellationToken ct) => throw NotHere();

    public Task RecordSentAsync(EventId id, int part, string channel, string providerId, DateTimeOffset now, CancellationToken ct) => throw NotHere();

    public Task PostponeAsync(EventId id, DateTimeOffset notBefore, bool clearAttempt, CancellationToken ct) => throw NotHere();

    public Task CompleteAsync(EventId id, CancellationToken ct) => throw NotHere();

    public Task ParkAsync(EventId id, string code, DateTimeOffset now, CancellationToken ct) => throw NotHere();

    public Task<OutboxDepth> CountOutboxAsync(CancellationToken ct) => throw NotHere();

    public Task<RecordedStatus?> RecordStatusAsync(
        EventId id, int part, DeliveryStatus status, int? code, string? providerId, DateTimeOffset now, CancellationToken ct) => throw NotHere();

    public Task<bool> OwnsProviderIdAsync(string channel, string providerId, CancellationToken ct) => throw NotHere();

    public Task<string?> ReadMarkAsync(string name, CancellationToken ct) => throw NotHere();

    public Task WriteMarkAsync(string name, string value, CancellationToken ct) => throw NotHere();

    public Task<int> PurgeAsync(DateTimeOffset now, CancellationToken ct) => throw NotHere();

    private static NotSupportedException NotHere() => new("a chat never asks for this");

    private long Append(ConversationAddress address, IReadOnlyList<byte[]> entries)
    {
        if (!_logs.TryGetValue(address, out var log))
        {
            _logs[address] = log = [];
        }

        var first = entries.Count == 0 ? 0 : log.Count + 1;
        foreach (var entry in entries)
        {
            log.Add(new LogLine(log.Count + 1, entry));
        }

        return first;
    }

    private void Remember(string? seenKey, long index)
    {
        if (seenKey is not null)
        {
            _seen[seenKey] = index;
        }
    }

    private Task<T> Locked<T>(Func<T> work)
    {
        if (Away)
        {
            return Task.FromException<T>(new StoreUnavailableException());
        }

        lock (_lock)
        {
            return Task.FromResult(work());
        }
    }
}
