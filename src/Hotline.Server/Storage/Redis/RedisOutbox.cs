using Hotline.Server.Turns;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>How outbox entries and their parts go on their way. Each script checks that the shard is still ours.</summary>
internal sealed class RedisOutbox(RedisLine line)
{
    private const string Token = "";

    /// <summary>
    /// Heads whose time has come, over all shards. Those that were postponed come first and get at most half the places,
    /// so that neither they nor the new ones can starve the others.
    /// </summary>
    public async Task<IReadOnlyList<OutboxItem>> ReadReadyAsync(OutboxStream stream, DateTimeOffset now, int max, CancellationToken ct)
    {
        var answers = await line.AskAsync(db => Task.WhenAll(Shard.All.Select(shard => RedisLine.RunAsync(
            db, RedisScript.Ready, shard.Key($"e{(int)stream}"), [shard.Prefix, (int)stream, line.Clock.Ms(now), max, Token, "0"]))), ct);
        var heads = answers.Where(a => !a.IsNull).SelectMany(a => (RedisResult[])a).Select(a => ReadHead(a, stream)).OrderBy(h => h.Order).ToList();
        var waited = heads.Where(h => h.HasWaited).Take((max + 1) / 2).ToList();
        return [.. waited.Concat(heads.Where(h => !h.HasWaited).Take(max - waited.Count)).Select(h => h.Item)];
    }

    public async Task<bool> MarkAttemptAsync(EventId id, int part, DateTimeOffset now, CancellationToken ct) =>
        await RunAsync(RedisScript.Mark, id, [part, line.Clock.Ms(now), Token], ct) is { IsNull: false } answer && (int)answer == 1;

    public Task RecordSentAsync(EventId id, int part, (string ProviderId, DateTimeOffset Now) sent, CancellationToken ct) =>
        RunAsync(RedisScript.Sent, id, [part, line.Clock.Ms(sent.Now), Token, sent.ProviderId, ""], ct);

    public Task PostponeAsync(EventId id, DateTimeOffset notBefore, bool clearAttempt, CancellationToken ct) =>
        RunAsync(RedisScript.Postpone, id, [line.Clock.Ms(notBefore), Token, clearAttempt ? "1" : "0"], ct);

    public Task CompleteAsync(EventId id, string code, DateTimeOffset now, CancellationToken ct) =>
        RunAsync(RedisScript.Complete, id, [Token, line.Clock.Ms(now), code], ct);

    public async Task<RecordedStatus?> RecordStatusAsync(EventId id, int part, (DeliveryStatus Status, int? Code, string? ProviderId) report, CancellationToken ct) =>
        await RunAsync(RedisScript.Status, id, [part, (int)report.Status, report.Code ?? -1, report.ProviderId ?? ""], ct) is { IsNull: false } answer
            ? new(PackedForm.ReadAddress((byte[])answer!), report.Status, report.Code)
            : null;

    public Task<OutboxDepth> CountAsync(CancellationToken ct) => line.AskAsync(
        async db =>
        {
            var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(async kind =>
                (int)(await Task.WhenAll(Shard.All.Select(shard => db.HashLengthAsync(shard.Key(kind == 3 ? "x" : $"e{kind}"))))).Sum()));
            return new OutboxDepth(counts[0], counts[1], counts[2], counts[3]);
        },
        ct);

    public Task<bool> OwnsProviderIdAsync(string channel, string providerId, CancellationToken ct) => line.AskAsync(
        async db => (await Task.WhenAll(Shard.All.Select(shard => db.KeyExistsAsync(shard.Key($"m:{channel}:{providerId}"))))).Contains(true), ct);

    private Head ReadHead(RedisResult answer, OutboxStream stream)
    {
        var fields = (RedisValue[])answer;
        var (item, notBefore) = PackedForm.ReadEntry((fields[0]!, stream), fields[1]!, line.Clock, fields.Skip(3).Select(p => (byte[])p!));
        return new(item, (double)fields[2], notBefore);
    }

    /// <summary>Runs a script on the shard of an event; an id that does not say its shard is looked for in all.</summary>
    private async Task<RedisResult?> RunAsync(RedisScript script, EventId id, RedisValue[] arguments, CancellationToken ct)
    {
        if (Shard.Of(id) is { } named)
        {
            return await line.RunAsync(script, named.Key("e1"), [named.Prefix, id.Value, .. arguments], ct);
        }

        return await line.AskAsync(
            async db =>
            {
                foreach (var shard in await FindAsync(db, id))
                {
                    return await RedisLine.RunAsync(db, script, shard.Key("e1"), [shard.Prefix, id.Value, .. arguments]);
                }

                return null;
            },
            ct);
    }

    private static async Task<IEnumerable<Shard>> FindAsync(IDatabase db, EventId id)
    {
        var found = await Task.WhenAll(Shard.All.Select(async shard => (shard, Is: (await Task.WhenAll(
            db.KeyExistsAsync(shard.Key($"p:{id.Value}")),
            db.HashExistsAsync(shard.Key("e0"), id.Value),
            db.HashExistsAsync(shard.Key("e1"), id.Value),
            db.HashExistsAsync(shard.Key("e2"), id.Value))).Contains(true))));
        return found.Where(f => f.Is).Select(f => f.shard);
    }

    private sealed record Head(OutboxItem Item, double Order, bool HasWaited);
}
