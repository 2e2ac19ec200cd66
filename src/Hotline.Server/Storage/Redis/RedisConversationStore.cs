using Hotline.Server.Turns;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>
/// The store for several copies: everything of a turn is one script on one shard, so it is there at once or not at all.
/// What a commit promises to survive is what Redis's own persistence promises.
/// </summary>
internal sealed class RedisConversationStore : IConversationStore, IAsyncDisposable
{
    private readonly RedisLine _line;
    private readonly RedisTurns _turns;
    private readonly RedisOutbox _outbox;
    private readonly RedisCare _care;
    private readonly AvailabilityProbe _probe;

    public RedisConversationStore(RedisStoreSettings settings, TimeProvider time, ILogger<RedisConversationStore> log)
    {
        _line = new RedisLine(settings, time, log);
        _turns = new RedisTurns(_line);
        _outbox = new RedisOutbox(_line);
        _care = new RedisCare(_line, settings.TimeToLive);
        _probe = new AvailabilityProbe(trial => _line.AskAsync(db => RedisCheck.WriteAsync(db, trial), CancellationToken.None), () => _line.Fault is not null, time);
    }

    /// <summary>After the first attempt to connect: what is wrong, or <c>null</c>.</summary>
    public Task<RedisFault?> FirstFaultAsync() => _line.FirstFaultAsync();

    public Task<LoadedConversation> LoadAsync(ConversationAddress address, string? seenKey, CancellationToken ct) => _turns.LoadAsync(address, seenKey, ct);

    public Task<CommitOutcome> CommitAsync(TurnCommit commit, CancellationToken ct) => _turns.CommitAsync(commit, ct);

    public Task<IReadOnlyList<SealedLine>> ReadTranscriptAsync(ConversationAddress address, CancellationToken ct) => _turns.ReadTranscriptAsync(address, ct);

    public Task<IReadOnlyList<LogLine>> ReadLogAsync(ConversationAddress address, long after, int max, CancellationToken ct) =>
        _turns.ReadLogAsync(address, after, max, ct);

    public Task<long> AppendLogAsync(ConversationAddress address, IReadOnlyList<byte[]> entries, string? seenKey, DateTimeOffset now, CancellationToken ct) =>
        _turns.AppendLogAsync(address, entries, (seenKey, now), ct);

    public Task<IReadOnlyList<DueWait>> ReadDueAsync(DateTimeOffset now, int max, CancellationToken ct) => _care.ReadDueAsync(now, max, ct);

    public Task<IReadOnlyList<OutboxItem>> ReadReadyAsync(OutboxStream stream, DateTimeOffset now, int max, CancellationToken ct) =>
        _outbox.ReadReadyAsync(stream, now, max, ct);

    public Task<bool> MarkAttemptAsync(EventId id, int part, DateTimeOffset now, CancellationToken ct) => _outbox.MarkAttemptAsync(id, part, now, ct);

    public Task RecordSentAsync(EventId id, int part, string channel, string providerId, DateTimeOffset now, CancellationToken ct) =>
        _outbox.RecordSentAsync(id, part, (providerId, now), ct);

    public Task PostponeAsync(EventId id, DateTimeOffset notBefore, bool clearAttempt, CancellationToken ct) =>
        _outbox.PostponeAsync(id, notBefore, clearAttempt, ct);

    public Task CompleteAsync(EventId id, CancellationToken ct) => _outbox.CompleteAsync(id, "", default, ct);

    public Task ParkAsync(EventId id, string code, DateTimeOffset now, CancellationToken ct) => _outbox.CompleteAsync(id, code, now, ct);

    public Task<OutboxDepth> CountOutboxAsync(CancellationToken ct) => _outbox.CountAsync(ct);

    public Task<RecordedStatus?> RecordStatusAsync(
        EventId id, int part, DeliveryStatus status, int? code, string? providerId, DateTimeOffset now, CancellationToken ct) =>
        _outbox.RecordStatusAsync(id, part, (status, code, providerId), ct);

    public Task<bool> OwnsProviderIdAsync(string channel, string providerId, CancellationToken ct) => _outbox.OwnsProviderIdAsync(channel, providerId, ct);

    public Task<string?> ReadMarkAsync(string name, CancellationToken ct) =>
        _line.AskAsync(async db => (string?)await db.StringGetAsync(MarkKey(name)), ct);

    public Task WriteMarkAsync(string name, string value, CancellationToken ct) => _line.AskAsync(db => db.StringSetAsync(MarkKey(name), value), ct);

    public Task EraseAsync(ConversationAddress address, CancellationToken ct) => _care.EraseAsync(address, ct);

    public Task<int> PurgeAsync(DateTimeOffset now, CancellationToken ct) => _care.PurgeAsync(now, ct);

    public Task<bool> IsAvailableAsync(CancellationToken ct) => _probe.AskAsync();

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    private static RedisKey MarkKey(string name) => $"hl:mark:{name}";
}
