using System.Text;
using Hotline.Server.Turns;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>
/// The store for several copies: everything of a turn is one script on one shard, so it is there at once or not at all.
/// What a commit promises to survive is what Redis's own persistence promises.
/// </summary>
internal sealed class RedisConversationStore : IConversationStore, IDeliveryStore, IAsyncDisposable
{
    private readonly CopyIdentity _copy;
    private readonly ReadyHints _hints = new();
    private readonly LeaseTable _table;
    private readonly RedisLeases _leases;
    private readonly RedisLine _line;
    private readonly RedisTurns _turns;
    private readonly RedisOutbox _outbox;
    private readonly RedisCare _care;
    private readonly AvailabilityProbe _probe;
    private int _closed;
    private Action<ConversationAddress> _grew = _ => { };

    /// <exception cref="InvalidOperationException">Another running copy uses the data folder.</exception>
    public RedisConversationStore(RedisStoreSettings settings, TimeProvider time, ILogger<RedisConversationStore> log)
    {
        _copy = settings.CopyFile.Length > 0 ? CopyIdentity.Hold(settings.CopyFile) : CopyIdentity.Passing();
        _table = new LeaseTable(time);
        _line = new RedisLine(settings, time, log, ListenAsync);
        var sharing = (settings.Leases ?? new LeaseSettings(time)) with { Copy = _copy.Id, Log = log };
        _leases = new RedisLeases(_line, _table, _hints, sharing);
        _turns = new RedisTurns(_line, _copy.Id, _hints);
        _outbox = new RedisOutbox(_line, _table, _hints, sharing);
        _care = new RedisCare(_line, _table, _leases.TakeDue, settings.TimeToLive);
        _probe = new AvailabilityProbe(trial => _line.AskAsync(db => RedisCheck.WriteAsync(db, trial), CancellationToken.None), () => _line.Fault is not null, time);
    }

    /// <summary>After the first attempt to connect: what is wrong, or <c>null</c>.</summary>
    public Task<RedisFault?> FirstFaultAsync() => _line.FirstFaultAsync();

    /// <summary>This copy's name among the others.</summary>
    public string Copy => _copy.Id;

    /// <summary>The copies that live, as last seen; empty before <see cref="StartSharing"/>.</summary>
    public IReadOnlyList<string> Copies => _leases.Copies;

    /// <summary>How many shards this copy delivers now.</summary>
    public int HeldShards => _table.IsShared ? _table.Count : Shard.Count;

    public bool LeadsDuties => !_table.IsShared || _table.Find(new Shard(0)) is not null;

    /// <summary>From now on this copy takes part in delivering: it holds its share of the shards and no other.</summary>
    public void StartSharing() => _leases.Start();

    /// <summary>Gives its shards back, so that the others need not wait.</summary>
    public Task StopSharingAsync() => _leases.ReleaseAsync();

    public void OnReady(Action<OutboxStream> wake) => _hints.OnReady(wake);

    /// <summary>Calls this when another copy has written to a conversation's log.</summary>
    public void OnLogGrew(Action<ConversationAddress> grew) => _grew += grew;

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

    public Task<IReadOnlyList<OutboxItem>> TakeReadyAsync(OutboxStream stream, DateTimeOffset now, int max, CancellationToken ct) =>
        _outbox.TakeReadyAsync(stream, now, max, ct);

    public Task<bool> AdvanceAsync(SentPart sent, int? nextPart, DateTimeOffset now, CancellationToken ct) => _outbox.AdvanceAsync(sent, nextPart, now, ct);

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

    public Task<bool> OwnsProviderIdAsync(string channel, string providerId, CancellationToken ct) => _outbox.OwnsProviderIdAsync(null, (channel, providerId), ct);

    public Task<bool> OwnsProviderIdAsync(EventId near, string channel, string providerId, CancellationToken ct) =>
        _outbox.OwnsProviderIdAsync(near, (channel, providerId), ct);

    public Task<string?> ReadMarkAsync(string name, CancellationToken ct) =>
        _line.AskAsync(async db => (string?)await db.StringGetAsync(MarkKey(name)), ct);

    public Task WriteMarkAsync(string name, string value, CancellationToken ct) => _line.AskAsync(db => db.StringSetAsync(MarkKey(name), value), ct);

    public Task EraseAsync(ConversationAddress address, CancellationToken ct) => _care.EraseAsync(address, ct);

    public Task<int> PurgeAsync(DateTimeOffset now, CancellationToken ct) => _care.PurgeAsync(now, ct);

    public Task<bool> IsAvailableAsync(CancellationToken ct) => _probe.AskAsync();

    /// <summary>Known under three faces, it may be closed three times.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 1)
        {
            return;
        }

        await _leases.DisposeAsync();
        await _line.DisposeAsync();
        _copy.Dispose();
    }

    private async Task ListenAsync(RedisConnection connection)
    {
        await connection.SubscribeAsync($"hl:wake:{_copy.Id}", shard => Array.ForEach(
            Enum.GetValues<OutboxStream>(), stream => _hints.Add(new Shard(Convert.FromHexString((string)shard!)[0]), stream)));
        await connection.SubscribeAsync("hl:log", message => HearLog(message!));
    }

    /// <summary><c>{copy}/{packed address}</c></summary>
    private void HearLog(byte[] message)
    {
        var cut = Array.IndexOf(message, (byte)'/');
        if (!message.AsSpan(0, cut).SequenceEqual(Encoding.ASCII.GetBytes(_copy.Id)))
        {
            _grew(PackedForm.ReadAddress(message.AsSpan(cut + 1)));
        }
    }

    private static RedisKey MarkKey(string name) => $"hl:mark:{name}";
}
