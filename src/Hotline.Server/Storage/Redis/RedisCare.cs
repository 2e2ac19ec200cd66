using Hotline.Server.Turns;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>Waits that run out, and the removal of what must go or has outlived its time.</summary>
internal sealed class RedisCare(RedisLine line, LeaseTable leases, Func<IReadOnlyList<Shard>> due, TimeSpan timeToLive)
{
    /// <summary>One step of a removal, so that turns get in between.</summary>
    private const int MostAtOnce = 50;

    private static readonly TimeSpan SeenFor = TimeSpan.FromHours(48);

    public async Task<IReadOnlyList<DueWait>> ReadDueAsync(DateTimeOffset now, int max, CancellationToken ct)
    {
        var shards = leases.IsShared ? due() : [.. Shard.All];
        var answers = await line.AskAsync(
            db => Task.WhenAll(shards.Select(shard => RedisLine.RunAsync(db, RedisScript.Due, shard.Key("due"), [shard.Prefix, line.Clock.Ms(now), max]))), ct);
        return [.. answers.SelectMany(Read).OrderBy(due => due.At).Take(max)];
    }

    public async Task EraseAsync(ConversationAddress address, CancellationToken ct)
    {
        var shard = Shard.Of(address);
        var packed = PackedForm.Address(address);
        await line.RunAsync(RedisScript.Erase, shard.Key("c:", packed), [shard.Prefix, packed], ct);
    }

    public async Task<int> PurgeAsync(DateTimeOffset now, CancellationToken ct)
    {
        var gone = 0;
        foreach (var shard in leases.Shards.ToList())
        {
            bool left;
            do
            {
                var answer = (RedisValue[])await line.RunAsync(
                    RedisScript.Purge, shard.Key("touched"), [shard.Prefix, line.Clock.Ms(now - timeToLive), line.Clock.Ms(now - SeenFor), MostAtOnce], ct);
                gone += (int)answer[0];
                left = (int)answer[1] == 1;
            }
            while (left);
        }

        return gone;
    }

    private IEnumerable<DueWait> Read(RedisResult answer)
    {
        var fields = (RedisValue[])answer;
        for (var i = 0; i < fields.Length; i += 3)
        {
            yield return new(PackedForm.ReadAddress(fields[i]!), fields[i + 1]!, line.Clock.Read((double)fields[i + 2]));
        }
    }
}
