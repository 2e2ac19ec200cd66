using Hotline.Server.Turns;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>How outbox entries and their parts go on their way. Each script checks that the shard is still ours.</summary>
internal sealed class RedisOutbox(RedisLine line, LeaseTable leases, ReadyHints hints, LeaseSettings settings)
{
    /// <summary>
    /// Heads whose time has come, over all shards. Those that were postponed come first and get at most half the places,
    /// so that neither they nor the new ones can starve the others.
    /// </summary>
    public async Task<IReadOnlyList<OutboxItem>> ReadReadyAsync(OutboxStream stream, DateTimeOffset now, int max, CancellationToken ct)
    {
        var answers = await line.AskAsync(
            db => Task.WhenAll(leases.Shards.Select(shard => RedisLine.RunAsync(db, RedisScript.Ready, Key(shard, stream), Arguments(shard, stream, now, max)))), ct);
        var heads = answers.Where(a => !a.IsNull).SelectMany(a => (RedisResult[])a).Select(a => ReadHead(a, stream)).OrderBy(h => h.Order).ToList();
        var waited = heads.Where(h => h.HasWaited).Take((max + 1) / 2).ToList();
        return [.. waited.Concat(heads.Where(h => !h.HasWaited).Take(max - waited.Count)).Select(h => h.Item)];
    }

    /// <summary>Asks only the shards that may have something, each for its share of the free places, until these are filled.</summary>
    public async Task<IReadOnlyList<OutboxItem>> TakeReadyAsync(OutboxStream stream, DateTimeOffset now, int max, CancellationToken ct)
    {
        if (!leases.IsShared)
        {
            Array.ForEach([.. Shard.All], shard => hints.Add(shard, stream));
        }

        var taken = new List<OutboxItem>();
        for (var left = Shard.Count; left > 0 && taken.Count < max;)
        {
            var asked = NextShards(stream, now, Math.Min(left, max - taken.Count));
            if (asked.Count == 0)
            {
                break;
            }

            left -= asked.Count;
            await TakeAsync(asked, (stream, now, Math.Max(1, (max - taken.Count) / asked.Count)), taken, ct);
        }

        return taken;
    }

    /// <summary>What was taken before a fault is kept: it is marked.</summary>
    private async Task TakeAsync(List<ShardLease> asked, (OutboxStream Stream, DateTimeOffset Now, int Share) wanted, List<OutboxItem> taken, CancellationToken ct)
    {
        RedisResult[] answers;
        try
        {
            answers = await line.AskAsync(
                db => Task.WhenAll(asked.Select(lease => RedisLine.RunAsync(
                    db, RedisScript.Ready, Key(lease.Shard, wanted.Stream),
                    Arguments(lease.Shard, wanted.Stream, wanted.Now, wanted.Share, lease.InHand.Of(wanted.Stream))))),
                ct);
        }
        catch (StoreUnavailableException)
        {
            asked.ForEach(lease => hints.Add(lease.Shard, wanted.Stream));
            if (taken.Count == 0)
            {
                throw;
            }

            return;
        }

        foreach (var (lease, answer) in asked.Zip(answers))
        {
            if (answer.IsNull)
            {
                leases.Remove(lease);
                continue;
            }

            var heads = (RedisResult[])answer;
            foreach (var item in heads.Select(head => ReadHead(head, wanted.Stream).Item))
            {
                if (lease.Hold(item) is { } hold)
                {
                    taken.Add(item with { Hold = hold });
                }
            }

            if (heads.Length >= wanted.Share)
            {
                hints.Add(lease.Shard, wanted.Stream);
            }
        }
    }

    public async Task<bool> MarkAttemptAsync(EventId id, int part, DateTimeOffset now, CancellationToken ct) =>
        await RunAsync(RedisScript.Mark, id, shard => [part, line.Clock.Ms(now), leases.ValueOf(shard)], ct) == 1;

    public Task RecordSentAsync(EventId id, int part, (string ProviderId, DateTimeOffset Now) sent, CancellationToken ct) =>
        RunAsync(RedisScript.Sent, id, shard => [part, line.Clock.Ms(sent.Now), leases.ValueOf(shard), sent.ProviderId, ""], ct);

    public async Task<bool> AdvanceAsync(SentPart sent, int? nextPart, DateTimeOffset now, CancellationToken ct) =>
        await RunAsync(
            RedisScript.Sent, sent.Message,
            shard => [sent.Part, line.Clock.Ms(now), leases.ValueOf(shard), sent.ProviderId, nextPart is { } next ? next : "done"], ct) > 0;

    public Task PostponeAsync(EventId id, DateTimeOffset notBefore, bool clearAttempt, CancellationToken ct) =>
        RunAsync(RedisScript.Postpone, id, shard => [line.Clock.Ms(notBefore), leases.ValueOf(shard), clearAttempt ? "1" : "0"], ct, notBefore);

    public Task CompleteAsync(EventId id, string code, DateTimeOffset now, CancellationToken ct) =>
        RunAsync(RedisScript.Complete, id, shard => [leases.ValueOf(shard), line.Clock.Ms(now), code], ct);

    public async Task<RecordedStatus?> RecordStatusAsync(EventId id, int part, (DeliveryStatus Status, int? Code, string? ProviderId) report, CancellationToken ct) =>
        await AskAsync(RedisScript.Status, id, _ => [part, (int)report.Status, report.Code ?? -1, report.ProviderId ?? ""], ct) is { Answer.IsNull: false } found
            ? new(PackedForm.ReadAddress((byte[])found.Answer!), report.Status, report.Code)
            : null;

    public Task<OutboxDepth> CountAsync(CancellationToken ct) => line.AskAsync(
        async db =>
        {
            var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(async kind =>
                (int)(await Task.WhenAll(Shard.All.Select(shard => db.HashLengthAsync(shard.Key(kind == 3 ? "x" : $"e{kind}"))))).Sum()));
            return new OutboxDepth(counts[0], counts[1], counts[2], counts[3]);
        },
        ct);

    /// <param name="near">An event of the same conversation: then one shard is asked, else all.</param>
    public Task<bool> OwnsProviderIdAsync(EventId? near, (string Channel, string Id) provider, CancellationToken ct)
    {
        IEnumerable<Shard> shards = near is { } id && Shard.Of(id) is { } shard ? [shard] : Shard.All;
        return line.AskAsync(async db => (await Task.WhenAll(shards.Select(s => db.KeyExistsAsync(s.Key($"m:{provider.Channel}:{provider.Id}"))))).Contains(true), ct);
    }

    private List<ShardLease> NextShards(OutboxStream stream, DateTimeOffset now, int max)
    {
        var next = new List<ShardLease>();
        while (next.Count < max && hints.Next(stream, (long)line.Clock.Ms(now), max - next.Count) is { Count: > 0 } hinted)
        {
            foreach (var lease in hinted.Select(leases.Find).OfType<ShardLease>().Where(l => !l.IsLeaving)) // whoever has another's hears of it
            {
                if (lease.Outlives(settings.Request))
                {
                    next.Add(lease);
                }
                else
                {
                    hints.AddLater(lease.Shard, stream, (long)line.Clock.Ms(now) + 1);
                }
            }
        }

        return next;
    }

    private static RedisKey Key(Shard shard, OutboxStream stream) => shard.Key($"e{(int)stream}");

    private RedisValue[] Arguments(Shard shard, OutboxStream stream, DateTimeOffset now, int max, IReadOnlyList<EventId>? inHand = null) =>
    [
        shard.Prefix, (int)stream, line.Clock.Ms(now), max, leases.ValueOf(shard), inHand is null ? "0" : "1",
        .. (inHand ?? []).Select(id => (RedisValue)id.Value),
    ];

    private Head ReadHead(RedisResult answer, OutboxStream stream)
    {
        var fields = (RedisValue[])answer;
        var (item, hasWaited) = PackedForm.ReadEntry((fields[0]!, stream), fields[1]!, line.Clock, fields.Skip(3).Select(p => (byte[])p!));
        return new(item, (double)fields[2], hasWaited);
    }

    /// <summary>Runs a script that moves an entry, and keeps in mind what may go next.</summary>
    private async Task<int> RunAsync(
        RedisScript script, EventId id, Func<Shard, RedisValue[]> arguments, CancellationToken ct, DateTimeOffset? notBefore = null)
    {
        if (await AskAsync(script, id, arguments, ct) is not { } found)
        {
            return 0;
        }

        var answer = (int)found.Answer;
        switch (answer)
        {
            case >= 200:
                hints.AddLater(found.Shard, (OutboxStream)(answer - 200), (long)line.Clock.Ms(notBefore ?? default));
                break;
            case >= 100:
                hints.Add(found.Shard, (OutboxStream)(answer - 100));
                break;
        }

        return answer;
    }

    /// <summary>Runs a script on the shard of an event; an id that does not say its shard is looked for in all.</summary>
    private Task<Found?> AskAsync(RedisScript script, EventId id, Func<Shard, RedisValue[]> arguments, CancellationToken ct) => line.AskAsync(
        async db =>
        {
            if ((Shard.Of(id) ?? await FindAsync(db, id)) is not { } shard)
            {
                return null;
            }

            return new Found(shard, await RedisLine.RunAsync(db, script, shard.Key("e1"), [shard.Prefix, id.Value, .. arguments(shard)]));
        },
        ct);

    private static async Task<Shard?> FindAsync(IDatabase db, EventId id)
    {
        var found = await Task.WhenAll(Shard.All.Select(async shard => (shard, Is: (await Task.WhenAll(
            db.KeyExistsAsync(shard.Key($"p:{id.Value}")),
            db.HashExistsAsync(shard.Key("e0"), id.Value),
            db.HashExistsAsync(shard.Key("e1"), id.Value),
            db.HashExistsAsync(shard.Key("e2"), id.Value))).Contains(true))));
        return found.Where(f => f.Is).Select(f => (Shard?)f.shard).FirstOrDefault();
    }

    private sealed record Head(OutboxItem Item, double Order, bool HasWaited);

    private sealed record Found(Shard Shard, RedisResult Answer);
}
