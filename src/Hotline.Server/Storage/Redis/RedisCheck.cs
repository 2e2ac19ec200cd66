using System.Globalization;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>Whether this Redis may be used now: it never evicts, has our number of shards, and takes a write.</summary>
internal static class RedisCheck
{
    private const string ShardsKey = "hl:shards";
    private const string Trial = "ok";
    private static readonly TimeSpan ForAMinute = TimeSpan.FromMinutes(1);

    /// <exception cref="Exception">Any fault of the client.</exception>
    public static async Task<RedisFault?> FindFaultAsync(RedisConnection connection, TimeSpan limit)
    {
        if (!connection.Servers.Any())
        {
            return connection.Fault ?? RedisFault.Unreached;
        }

        foreach (var server in connection.Servers)
        {
            if (await FindEvictionAsync(server).WaitAsync(limit) is { } policy)
            {
                return new(
                    "evicts", $"Redis would throw conversations away when it is full (maxmemory-policy {policy}): set it to noeviction; until then it is not used", true) { MustNotBeUsed = true };
            }
        }

        if (await IsReplicaAsync(connection.Servers).WaitAsync(limit))
        {
            return RedisFault.ReadOnly;
        }

        return await FindOtherShardsAsync(connection.Database).WaitAsync(limit) is { } others
            ? new("shards", $"this Redis was begun with {others} shards and this server has {Shard.Count}: give each its own Redis, or use the server that it was begun with", true) { MustNotBeUsed = true }
            : await TryAsync(connection.Database, limit);
    }

    public static async Task<DateTimeOffset> ReadTimeAsync(IDatabase db)
    {
        var answer = (RedisValue[])await db.ExecuteAsync("TIME");
        return DateTimeOffset.FromUnixTimeSeconds((long)answer[0]).AddTicks((long)answer[1] * TimeSpan.TicksPerMicrosecond);
    }

    /// <summary>There is no master among those that answer.</summary>
    private static async Task<bool> IsReplicaAsync(IEnumerable<IServer> servers)
    {
        var roles = await Task.WhenAll(servers.Select(async server =>
            (await server.InfoAsync("replication")).SelectMany(section => section).FirstOrDefault(line => line.Key == "role").Value));
        return roles.All(role => role == "slave");
    }

    private static async Task<string?> FindEvictionAsync(IServer server)
    {
        var memory = (await server.InfoAsync("memory")).SelectMany(section => section);
        var policy = memory.FirstOrDefault(line => line.Key == "maxmemory_policy").Value;
        return policy is null or "noeviction" ? null : policy;
    }

    private static async Task<string?> FindOtherShardsAsync(IDatabase db)
    {
        var count = Shard.Count.ToString(CultureInfo.InvariantCulture);
        var found = await db.StringGetAsync(ShardsKey);
        if (found.IsNull)
        {
            await db.StringSetAsync(ShardsKey, count, when: When.NotExists);
            found = await db.StringGetAsync(ShardsKey);
        }

        return found == count ? null : (string?)found;
    }

    private static async Task<RedisFault?> TryAsync(IDatabase db, TimeSpan limit)
    {
        await WriteAsync(db, Trial).WaitAsync(limit);
        return null;
    }

    /// <summary>A write in every 32nd of the shards, so that each node of a cluster is asked.</summary>
    public static async Task<bool> WriteAsync(IDatabase db, string trial)
    {
        var writes = Shard.All.Where(s => s.Number % 32 == 0).Select(s => db.StringSetAsync(s.Key("probe"), trial, ForAMinute)).ToList();
        await Task.WhenAll(writes);
        return true;
    }
}
