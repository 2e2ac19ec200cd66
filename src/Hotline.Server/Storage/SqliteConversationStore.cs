using System.Globalization;
using Hotline.Server.Turns;
using Microsoft.Data.Sqlite;

namespace Hotline.Server.Storage;

/// <summary>
/// The embedded store: one file, write-ahead log, fsync on every group of commits (<c>synchronous=FULL</c>). Writes go
/// through <see cref="SqliteWriter"/>; reads use pooled connections of their own and never wait for it.
/// </summary>
internal sealed class SqliteConversationStore : IConversationStore, IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly TimeSpan _timeToLive;
    private readonly SqliteWriter _writer;

    /// <exception cref="SqliteException">The file cannot be opened or is no database of ours.</exception>
    /// <param name="maxPages">Most pages of 4 KB that the file may have; 0 = as many as the disk holds.</param>
    public SqliteConversationStore(string file, TimeSpan timeToLive, int maxPages = 0)
    {
        _timeToLive = timeToLive;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, Pooling = true, DefaultTimeout = 1 }.ToString();
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        SqliteSchema.Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 800;");
        SqliteSchema.Apply(connection);
        if (maxPages > 0)
        {
            SqliteSchema.Execute(connection, $"PRAGMA max_page_count = {maxPages}");
        }

        _writer = new SqliteWriter(connection);
    }

    public Task<LoadedConversation> LoadAsync(ConversationAddress address, string? seenKey, CancellationToken ct) => ReadAsync(
        """
        SELECT (SELECT log_index FROM seen WHERE key = $3), c.version, c.state
        FROM (SELECT 1) LEFT JOIN conversation c ON c.channel = $1 AND c.contact = $2
        """,
        rows => rows.Single(),
        r => new LoadedConversation(r.IsDBNull(2) ? null : r.GetFieldValue<byte[]>(2), r.IsDBNull(1) ? 0 : r.GetInt64(1), r.IsDBNull(0) ? null : r.GetInt64(0)),
        address.Channel, address.Contact.Value, seenKey);

    public Task<CommitOutcome> CommitAsync(TurnCommit commit, CancellationToken ct) => _writer.DoAsync(w => w.Commit(commit), ct);

    public Task<IReadOnlyList<SealedLine>> ReadTranscriptAsync(ConversationAddress address, CancellationToken ct) => ReadAsync(
        "SELECT id, at, body FROM line WHERE channel = $1 AND contact = $2 ORDER BY seq",
        List<SealedLine>,
        r => new SealedLine(new(r.GetString(0)), At(r.GetInt64(1)), r.GetFieldValue<byte[]>(2)),
        address.Channel, address.Contact.Value);

    public Task<IReadOnlyList<LogLine>> ReadLogAsync(ConversationAddress address, long after, int max, CancellationToken ct) => ReadAsync(
        "SELECT idx, body FROM log WHERE channel = $1 AND contact = $2 AND idx > $3 ORDER BY idx LIMIT $4",
        List<LogLine>,
        r => new LogLine(r.GetInt64(0), r.GetFieldValue<byte[]>(1)),
        address.Channel, address.Contact.Value, after, max);

    public Task<long> AppendLogAsync(ConversationAddress address, IReadOnlyList<byte[]> entries, string? seenKey, DateTimeOffset now, CancellationToken ct) =>
        _writer.DoAsync(w => w.AppendLog(address, entries, seenKey, now), ct);

    public Task<IReadOnlyList<DueWait>> ReadDueAsync(DateTimeOffset now, int max, CancellationToken ct) => ReadAsync(
        "SELECT channel, contact, due_token, due_at FROM conversation WHERE due_at <= $1 ORDER BY due_at LIMIT $2",
        List<DueWait>,
        r => new DueWait(new(r.GetString(0), new(r.GetString(1))), r.GetString(2), At(r.GetInt64(3))),
        SqliteWrites.Ms(now), max);

    public async Task<IReadOnlyList<OutboxItem>> ReadReadyAsync(OutboxStream stream, DateTimeOffset now, int max, CancellationToken ct)
    {
        var heads = await ReadAsync(
            """
            SELECT o.id, o.channel, o.contact, o.body, o.created, o.attempts FROM outbox o
            WHERE o.stream = $1 AND o.not_before <= $2
            AND o.seq = (SELECT min(h.seq) FROM outbox h WHERE h.stream = o.stream AND h.channel = o.channel AND h.contact = o.contact)
            ORDER BY o.seq LIMIT $3
            """,
            List<OutboxItem>,
            r => new OutboxItem(
                new(r.GetString(0)), stream, new(r.GetString(1), new(r.GetString(2))), r.GetFieldValue<byte[]>(3), At(r.GetInt64(4)), r.GetInt32(5), []),
            (int)stream, SqliteWrites.Ms(now), max);
        if (stream == OutboxStream.Desk || heads.Count == 0)
        {
            return heads;
        }

        var items = new List<OutboxItem>(heads.Count);
        foreach (var head in heads)
        {
            items.Add(head with { Parts = await PartsAsync(head.Id) });
        }

        return items;
    }

    public Task MarkAttemptAsync(EventId id, int part, DateTimeOffset now, CancellationToken ct) => _writer.DoAsync(w => w.MarkAttempt(id, part, now), ct);

    public Task RecordSentAsync(EventId id, int part, string channel, string providerId, DateTimeOffset now, CancellationToken ct) =>
        _writer.DoAsync(w => w.RecordSent(id, part, channel, providerId, now), ct);

    public Task PostponeAsync(EventId id, DateTimeOffset notBefore, bool clearAttempt, CancellationToken ct) =>
        _writer.DoAsync(w => w.Postpone(id, notBefore, clearAttempt), ct);

    public Task CompleteAsync(EventId id, CancellationToken ct) => _writer.DoAsync(w => w.Complete(id), ct);

    public Task ParkAsync(EventId id, string code, DateTimeOffset now, CancellationToken ct) => _writer.DoAsync(w => w.Park(id, code, now), ct);

    public Task<OutboxDepth> CountOutboxAsync(CancellationToken ct) => ReadAsync(
        """
        SELECT sum(stream = 0), sum(stream = 1), sum(stream = 2), (SELECT count(*) FROM parked) FROM outbox
        """,
        rows => rows.Single(),
        r => new OutboxDepth(Number(r, 0), Number(r, 1), Number(r, 2), Number(r, 3)));

    public Task<RecordedStatus?> RecordStatusAsync(
        EventId id, int part, DeliveryStatus status, int? code, string? providerId, DateTimeOffset now, CancellationToken ct) =>
        _writer.DoAsync(w => w.RecordStatus(id, part, status, (code, providerId, now)), ct);

    public Task<bool> OwnsProviderIdAsync(string channel, string providerId, CancellationToken ct) => ReadAsync(
        "SELECT 1 FROM part WHERE channel = $1 AND provider = $2 LIMIT 1", rows => rows.Count > 0, r => r.GetInt32(0), channel, providerId);

    public Task<string?> ReadMarkAsync(string name, CancellationToken ct) =>
        ReadAsync("SELECT value FROM mark WHERE name = $1", rows => rows.SingleOrDefault(), r => r.GetString(0), name);

    public Task WriteMarkAsync(string name, string value, CancellationToken ct) => _writer.DoAsync(w => w.WriteMark(name, value), ct);

    public Task EraseAsync(ConversationAddress address, CancellationToken ct) => _writer.DoAsync(w => w.Erase(address), ct);

    public Task<int> PurgeAsync(DateTimeOffset now, CancellationToken ct) => _writer.DoAsync(w => w.Purge(now, _timeToLive), ct);

    public async Task<bool> IsAvailableAsync(CancellationToken ct)
    {
        try
        {
            await _writer.DoAsync(w => w.WriteMark("probe", "1"), ct);
            return true;
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private static int Number(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? 0 : reader.GetInt32(column);

    private static IReadOnlyList<T> List<T>(List<T> rows) => rows;

    private Task<IReadOnlyList<PartState>> PartsAsync(EventId id) => ReadAsync(
        "SELECT part, attempted, provider FROM part WHERE event = $1 ORDER BY part",
        List<PartState>,
        r => new PartState(r.GetInt32(0), r.IsDBNull(1) ? null : At(r.GetInt64(1)), r.IsDBNull(2) ? null : r.GetString(2)),
        id.Value);

    private Task<TResult> ReadAsync<T, TResult>(string sql, Func<List<T>, TResult> all, Func<SqliteDataReader, T> row, params ReadOnlySpan<object?> values)
    {
        // SQLite reads are synchronous and short; a thread switch would cost more than the read.
        try
        {
            using var connection = new SqliteConnection(_connectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i + 1}"), values[i] ?? DBNull.Value);
            }

            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(row(reader));
            }

            return Task.FromResult(all(rows));
        }
        catch (SqliteException e)
        {
            return Task.FromException<TResult>(new StoreUnavailableException("the database cannot be read", e));
        }
    }
}
