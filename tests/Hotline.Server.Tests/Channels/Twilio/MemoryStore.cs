using Hotline.Conversations;
using Hotline.Server.Turns;

namespace Hotline.Server.Tests.Channels.Twilio;

/// <summary>
/// The part of a conversation store that the channel's tests touch, in memory, with a switch for "the store is down".
/// Stores the channel really runs on have their own contract tests.
/// </summary>
internal sealed class MemoryStore : IConversationStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ConversationAddress, (byte[] State, long Version)> _conversations = [];
    private readonly HashSet<string> _seen = [];
    private readonly Dictionary<string, string> _marks = [];
    private readonly Dictionary<(EventId, int), (string? ProviderId, DeliveryStatus Status)> _parts = [];

    public volatile bool Down;

    /// <summary>What a store never should throw.</summary>
    public Exception? Fault { get; set; }

    public ConversationAddress Anybody { get; } = new("sms-th", new ContactKey("c0"));

    /// <summary>Every seen key that a turn asked for, in order.</summary>
    public List<string?> Asked { get; } = [];

    public List<TurnCommit> Commits { get; } = [];

    public string? ProviderIdOf(EventId id, int part) => _parts.GetValueOrDefault((id, part)).ProviderId;

    public DeliveryStatus StatusOf(EventId id, int part) => _parts.GetValueOrDefault((id, part)).Status;

    public Task<LoadedConversation> LoadAsync(ConversationAddress address, string? seenKey, CancellationToken ct) => Do(() =>
    {
        Asked.Add(seenKey);
        var (state, version) = _conversations.GetValueOrDefault(address);
        return new LoadedConversation(state, version, seenKey is not null && _seen.Contains(seenKey) ? 0 : null);
    });

    public Task<CommitOutcome> CommitAsync(TurnCommit commit, CancellationToken ct) => Do<CommitOutcome>(() =>
    {
        if (commit.SeenKey is not null && !_seen.Add(commit.SeenKey))
            return new CommitOutcome.Seen(0);
        if (_conversations.GetValueOrDefault(commit.Address).Version != commit.ExpectedVersion)
            return CommitOutcome.Conflict.Instance;

        _conversations[commit.Address] = (commit.State, commit.ExpectedVersion + 1);
        Commits.Add(commit);
        return new CommitOutcome.Committed(0);
    });

    public Task RecordSentAsync(EventId id, int part, string channel, string providerId, DateTimeOffset now, CancellationToken ct) =>
        Do(() => _parts[(id, part)] = (providerId, _parts.GetValueOrDefault((id, part)).Status));

    public Task<RecordedStatus?> RecordStatusAsync(EventId id, int part, DeliveryStatus status, int? code, string? providerId, DateTimeOffset now, CancellationToken ct) =>
        Do(() =>
        {
            var old = _parts.GetValueOrDefault((id, part));
            _parts[(id, part)] = (old.ProviderId ?? providerId, status > old.Status ? status : old.Status);
            if (status <= old.Status)
                return null;
            return new RecordedStatus(Anybody, status, code);
        });

    public Task<bool> OwnsProviderIdAsync(string channel, string providerId, CancellationToken ct) => Do(() => _parts.Values.Any(p => p.ProviderId == providerId));

    public Task<string?> ReadMarkAsync(string name, CancellationToken ct) => Do(() => _marks.GetValueOrDefault(name));

    public Task WriteMarkAsync(string name, string value, CancellationToken ct) => Do(() => _marks[name] = value);

    public Task<bool> IsAvailableAsync(CancellationToken ct) => Task.FromResult(!Down);

    public Task<IReadOnlyList<SealedLine>> ReadTranscriptAsync(ConversationAddress address, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<LogLine>> ReadLogAsync(ConversationAddress address, long after, int max, CancellationToken ct) => throw new NotSupportedException();

    public Task<long> AppendLogAsync(ConversationAddress address, IReadOnlyList<byte[]> entries, string? seenKey, DateTimeOffset now, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<DueWait>> ReadDueAsync(DateTimeOffset now, int max, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<OutboxItem>> ReadReadyAsync(OutboxStream stream, DateTimeOffset now, int max, CancellationToken ct) => throw new NotSupportedException();

    public Task<bool> MarkAttemptAsync(EventId id, int part, DateTimeOffset now, CancellationToken ct) => throw new NotSupportedException();

    public Task PostponeAsync(EventId id, DateTimeOffset notBefore, bool clearAttempt, CancellationToken ct) => throw new NotSupportedException();

    public Task CompleteAsync(EventId id, CancellationToken ct) => throw new NotSupportedException();

    public Task ParkAsync(EventId id, string code, DateTimeOffset now, CancellationToken ct) => throw new NotSupportedException();

    public Task<OutboxDepth> CountOutboxAsync(CancellationToken ct) => throw new NotSupportedException();

    public Task EraseAsync(ConversationAddress address, CancellationToken ct) => throw new NotSupportedException();

    public Task<int> PurgeAsync(DateTimeOffset now, CancellationToken ct) => throw new NotSupportedException();

    private Task<T> Do<T>(Func<T> what)
    {
        if (Down)
            throw new StoreUnavailableException();
        if (Fault is not null)
            throw Fault;
        lock (_lock)
        {
            return Task.FromResult(what());
        }
    }
}
