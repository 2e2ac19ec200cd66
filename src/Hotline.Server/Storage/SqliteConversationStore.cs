using Hotline.Server.Turns;

namespace Hotline.Server.Storage;

/// <summary>
/// The embedded store: one file, write-ahead log, fsync on every group of commits (<c>synchronous=FULL</c>). Writes go
/// through <see cref="SqliteWriter"/>; reads use connections of their own and never wait for it.
/// </summary>
internal sealed class SqliteConversationStore : IConversationStore, IDeliveryStore, IAsyncDisposable
{
    private readonly SqliteStoreSettings _settings;
    private readonly FileStream _hold;
    private readonly SqliteReaders _readers;
    private readonly SqliteWriter _writer;
    private readonly AvailabilityProbe _probe;
    private readonly InHand _inHand = new();

    /// <exception cref="NewerSchemaException">A newer server has written the file.</exception>
    /// <exception cref="InvalidOperationException">Another running copy uses the file: it would send everything twice.</exception>
    public SqliteConversationStore(SqliteStoreSettings settings, TimeProvider time, ILogger<SqliteConversationStore> log)
    {
        _settings = settings;
        _hold = Hold(settings.File);
        try
        {
            _readers = new SqliteReaders(settings);
            _writer = new SqliteWriter(settings, log);
            _probe = new AvailabilityProbe(
                trial => _writer.DoAsync(db => CareWrites.WriteMark(db, "probe", trial), CancellationToken.None), () => _writer.IsAway, time);
        }
        catch
        {
            _hold.Dispose();
            throw;
        }
    }

    /// <summary>How many transactions were committed; with the number of turns it says how many share an fsync.</summary>
    public long Groups => _writer.Groups;

    /// <summary>There is but one copy.</summary>
    public bool LeadsDuties => true;

    public Task<LoadedConversation> LoadAsync(ConversationAddress address, string? seenKey, CancellationToken ct) =>
        _readers.ReadAsync(db => StoreReads.Load(db, address, seenKey), ct);

    public Task<CommitOutcome> CommitAsync(TurnCommit commit, CancellationToken ct) =>
        _writer.DoAsync(db => CommitWrites.Commit(db, commit), ct);

    public Task<IReadOnlyList<SealedLine>> ReadTranscriptAsync(ConversationAddress address, CancellationToken ct) =>
        _readers.ReadAsync(db => StoreReads.Transcript(db, address), ct);

    public Task<IReadOnlyList<LogLine>> ReadLogAsync(ConversationAddress address, long after, int max, CancellationToken ct) =>
        _readers.ReadAsync(db => StoreReads.Log(db, address, after, max), ct);

    public Task<long> AppendLogAsync(ConversationAddress address, IReadOnlyList<byte[]> entries, string? seenKey, DateTimeOffset now, CancellationToken ct) =>
        _writer.DoAsync(db => CommitWrites.AppendLog(db, address, entries, (seenKey, now)), ct);

    public Task<IReadOnlyList<DueWait>> ReadDueAsync(DateTimeOffset now, int max, CancellationToken ct) =>
        _readers.ReadAsync(db => StoreReads.Due(db, now, max), ct);

    public Task<IReadOnlyList<OutboxItem>> ReadReadyAsync(OutboxStream stream, DateTimeOffset now, int max, CancellationToken ct) =>
        _readers.ReadAsync(db => StoreReads.Ready(db, stream, now, max), ct);

    public async Task<IReadOnlyList<OutboxItem>> TakeReadyAsync(OutboxStream stream, DateTimeOffset now, int max, CancellationToken ct)
    {
        var inHand = _inHand.Of(stream).ToHashSet();
        var seen = await _readers.ReadAsync(db => StoreReads.Ready(db, stream, now, max + inHand.Count), ct);
        if (seen.All(item => inHand.Contains(item.Id)))
        {
            return [];
        }

        var items = await _writer.DoAsync(db => OutboxWrites.Take(db, stream, now, (max, inHand)), ct);
        return [.. items.Select(item => (Item: item, Hold: _inHand.Take(item, _ => true, CancellationToken.None)))
            .Where(taken => taken.Hold is not null).Select(taken => taken.Item with { Hold = taken.Hold! })]; // filtered just before
    }

    public Task<bool> AdvanceAsync(SentPart sent, int? nextPart, DateTimeOffset now, CancellationToken ct) =>
        _writer.DoAsync(db => OutboxWrites.Advance(db, sent, nextPart, now), ct);

    /// <summary>Whoever commits here wakes whoever delivers: it is the same process.</summary>
    public void OnReady(Action<OutboxStream> wake)
    {
        // nobody else writes
    }

    public Task<bool> MarkAttemptAsync(EventId id, int part, DateTimeOffset now, CancellationToken ct) =>
        _writer.DoAsync(db => OutboxWrites.MarkAttempt(db, id, part, now), ct);

    public Task RecordSentAsync(EventId id, int part, string channel, string providerId, DateTimeOffset now, CancellationToken ct) =>
        _writer.DoAsync(db => OutboxWrites.RecordSent(db, id, part, (channel, providerId, now)), ct);

    public Task PostponeAsync(EventId id, DateTimeOffset notBefore, bool clearAttempt, CancellationToken ct) =>
        _writer.DoAsync(db => OutboxWrites.Postpone(db, id, notBefore, clearAttempt), ct);

    public Task CompleteAsync(EventId id, CancellationToken ct) => _writer.DoAsync(db => OutboxWrites.Complete(db, id), ct);

    public Task ParkAsync(EventId id, string code, DateTimeOffset now, CancellationToken ct) =>
        _writer.DoAsync(db => OutboxWrites.Park(db, id, code, now), ct);

    public Task<OutboxDepth> CountOutboxAsync(CancellationToken ct) => _readers.ReadAsync(StoreReads.Depth, ct);

    public Task<RecordedStatus?> RecordStatusAsync(
        EventId id, int part, DeliveryStatus status, int? code, string? providerId, DateTimeOffset now, CancellationToken ct) =>
        _writer.DoAsync(db => OutboxWrites.RecordStatus(db, id, part, (status, code, providerId)), ct);

    public Task<bool> OwnsProviderIdAsync(string channel, string providerId, CancellationToken ct) =>
        _readers.ReadAsync(db => StoreReads.OwnsProviderId(db, channel, providerId), ct);

    public Task<string?> ReadMarkAsync(string name, CancellationToken ct) => _readers.ReadAsync(db => StoreReads.Mark(db, name), ct);

    public Task WriteMarkAsync(string name, string value, CancellationToken ct) => _writer.DoAsync(db => CareWrites.WriteMark(db, name, value), ct);

    public Task EraseAsync(ConversationAddress address, CancellationToken ct) =>
        _writer.DoAsync(db => CareWrites.Erase(db, address), ct, checkpoint: true);

    public async Task<int> PurgeAsync(DateTimeOffset now, CancellationToken ct)
    {
        var gone = 0;
        bool left;
        do
        {
            (var count, left) = await _writer.DoAsync(db => CareWrites.Purge(db, now, _settings.TimeToLive), ct);
            gone += count;
        }
        while (left);

        return gone;
    }

    public Task<bool> IsAvailableAsync(CancellationToken ct) => _probe.AskAsync();

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
        await _hold.DisposeAsync();
    }

    private static FileStream Hold(string file)
    {
        try
        {
            return new FileStream($"{file}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new InvalidOperationException("Data:Path is in use by another running copy; two copies on one folder would send everything twice", e);
        }
    }
}
