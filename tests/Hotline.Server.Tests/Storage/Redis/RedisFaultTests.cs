using System.Diagnostics;
using System.Globalization;
using Hotline.Conversations;
using Hotline.Server.Storage.Redis;
using Hotline.Server.Tests.EndToEnd;
using Hotline.Server.Turns;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hotline.Server.Tests.Storage.Redis;

/// <summary>A Redis that is ill in every way we know: each has a word that names the mend, nothing acknowledged is lost, and the line comes back by itself.</summary>
public sealed class RedisFaultTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(500);
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<RedisServer> _servers = [];
    private readonly List<RedisConversationStore> _stores = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.ContinueAsync();
        }

        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    [Fact]
    public async Task Frozen_ShedsLoadWithinTheLimit_ThenAtOnce_AndComesBack()
    {
        var redis = await ServeAsync();
        var store = await OpenAsync(redis.Connection);
        for (var i = 0; i < 20; i++)
        {
            await CommitAsync(store, i, 0);
        }

        await redis.FreezeAsync();
        var waited = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(store, i % 20, 1))));
        Assert.True(waited.Elapsed < Limit + TimeSpan.FromSeconds(3), $"200 callers heard after {waited.Elapsed}");
        waited.Restart();
        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(store, 1, 1));
        Assert.True(waited.Elapsed < Limit / 2, $"a later caller heard after {waited.Elapsed}");
        Assert.Contains("CommandTimeoutMs", fault.Message, StringComparison.Ordinal);
        Assert.False(await store.IsAvailableAsync(default));

        await redis.ContinueAsync();
        await ComesBackAsync(store);
        for (var i = 0; i < 20; i++)
        {
            // what lay in the sockets may have been done after all, once, and nothing is half done
            Assert.InRange((await store.LoadAsync(Person(i), null, default)).Version, 1, 2);
        }
    }

    [Fact]
    public async Task KilledAndStartedAgain_ComesBack_WithAllThatWasAcknowledged()
    {
        var redis = await ServeAsync();
        var store = await OpenAsync(redis.Connection);
        await CommitAsync(store, 1, 0);
        await redis.KillAsync();
        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(store, 1, 1));
        Assert.True(fault.Message.Contains("Conversations:Redis", StringComparison.Ordinal) || fault.Message.Contains("CommandTimeoutMs", StringComparison.Ordinal), fault.Message);
        await redis.StartAsync();
        await ComesBackAsync(store);
        Assert.InRange((await store.LoadAsync(Person(1), null, default)).Version, 1, 2);
    }

    [Fact]
    public async Task StartedWhileRedisIsAway_ComesUpLater()
    {
        var redis = await ServeAsync();
        await redis.KillAsync();
        var store = Open(redis.Connection);
        Assert.NotNull(await store.FirstFaultAsync());
        Assert.False(await store.IsAvailableAsync(default));
        await redis.StartAsync();
        await ComesBackAsync(store);
        await CommitAsync(store, 1, 0);
    }

    [Fact]
    public async Task WrongPassword_IsNamed()
    {
        var redis = await ServeAsync(["-a", "right"], "--requirepass", "right");
        foreach (var connection in new[] { redis.Connection, redis.Connection + ",password=wrong" })
        {
            var store = Open(connection);
            var fault = await store.FirstFaultAsync();
            Assert.Contains("password= in Conversations:Redis", fault?.Text, StringComparison.Ordinal);
            Assert.False(fault!.MustNotBeUsed);
            Assert.DoesNotContain("wrong", fault.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("right", fault.Text, StringComparison.Ordinal);
            await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(store, 1, 0));
        }
    }

    [Fact]
    public async Task AReplica_IsReadOnly()
    {
        var master = await ServeAsync();
        var replica = await ServeAsync(null, "--replicaof", $"127.0.0.1 {master.Port}", "--repl-diskless-sync-delay", "0");
        await Eventually.BecomesTrueAsync(
            "the replica follows", async () => (await replica.AskAsync("INFO", "replication")).Contains("master_link_status:up", StringComparison.Ordinal));
        var store = Open(replica.Connection);
        var fault = await store.FirstFaultAsync();
        Assert.Contains("read-only", fault?.Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(store, 1, 0));
        await replica.AskAsync("REPLICAOF", "NO", "ONE");
        await ComesBackAsync(store);
        await CommitAsync(store, 1, 0);
    }

    [Fact]
    public async Task Full_TakesNoTurn_ButStillDelivers_AndWhatWasAcknowledgedStays()
    {
        var redis = await ServeAsync();
        var store = await OpenAsync(redis.Connection);
        await CommitAsync(store, 1, 0, "e1");
        await redis.AskAsync("CONFIG", "SET", "maxmemory", "1mb");
        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(store, 1, 1));
        Assert.Contains("raise maxmemory", fault.Message, StringComparison.Ordinal);
        Assert.False(await store.IsAvailableAsync(default));
        var item = (await store.TakeReadyAsync(OutboxStream.Reply, Start, 10, default)).Single();
        Assert.True(await store.AdvanceAsync(new(item.Id, 0, "sms", "SM1"), null, Start, default));
        await redis.AskAsync("CONFIG", "SET", "maxmemory", "0");
        await ComesBackAsync(store);
        await CommitAsync(store, 1, 1);
        Assert.Equal(0, (await store.CountOutboxAsync(default)).Reply);
    }

    [Fact]
    public async Task Evicting_IsRefused_UntilItIsMended()
    {
        var redis = await ServeAsync(null, "--maxmemory-policy", "allkeys-lru");
        var store = Open(redis.Connection);
        var fault = await store.FirstFaultAsync();
        Assert.True(fault!.MustNotBeUsed);
        Assert.Contains("noeviction", fault.Text, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => CommitAsync(store, 1, 0));
        await redis.AskAsync("CONFIG", "SET", "maxmemory-policy", "noeviction");
        await ComesBackAsync(store);
    }

    [Fact]
    public async Task AnotherNumberOfShards_IsRefused()
    {
        var redis = await ServeAsync();
        await redis.AskAsync("SET", "hl:shards", "128");
        var fault = await Open(redis.Connection).FirstFaultAsync();
        Assert.True(fault!.MustNotBeUsed);
        Assert.Contains("128", fault.Text, StringComparison.Ordinal);
        Assert.Contains("256", fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AServerOnAnEvictingRedis_DoesNotStart_AndNamesTheMend()
    {
        var redis = await ServeAsync(null, "--maxmemory-policy", "volatile-lru");
        await using var server = new ServerProcess(new Dictionary<string, string>
        {
            ["Conversations__Store"] = "redis",
            ["Conversations__Redis"] = redis.Connection,
        });
        Assert.Equal(2, await server.RunToEndAsync());
        Assert.Contains("noeviction", server.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACopyWhoseClockJumps_HoldsNobodysEntriesBack_AndFiresNoWaitEarly()
    {
        var redis = await ServeAsync();
        var right = await OpenAsync(redis.Connection);
        var now = TimeProvider.System.GetUtcNow();
        var clock = new FakeTimeProvider(now.AddHours(1)); // an hour ahead, and standing still: its ticks stand too
        var jumped = await OpenAsync(redis.Connection, clock);
        await jumped.CommitAsync(Turn(1, 0, "e1") with { Now = clock.GetUtcNow(), Due = new("w", clock.GetUtcNow().AddMinutes(10)) }, default);
        await jumped.PostponeAsync(new("e1"), clock.GetUtcNow().AddSeconds(5), false, default);
        Assert.Empty(await right.ReadReadyAsync(OutboxStream.Reply, now, 10, default));
        Assert.Single(await right.ReadReadyAsync(OutboxStream.Reply, now.AddSeconds(60), 10, default));
        Assert.Empty(await right.ReadDueAsync(now.AddMinutes(9), 10, default));
        var due = (await right.ReadDueAsync(now.AddMinutes(12), 10, default)).Single();
        Assert.InRange(due.At, now.AddMinutes(9), now.AddMinutes(11));
        Assert.Empty(await jumped.ReadDueAsync(clock.GetUtcNow().AddMinutes(9), 10, default));
    }

    [Fact]
    public async Task ARecordOfANewerServer_IsLeftAlone_AndOnlyItsOwnPersonWaits()
    {
        var redis = await ServeAsync();
        var store = await OpenAsync(redis.Connection);
        await CommitAsync(store, 1, 0);
        await CommitAsync(store, 2, 0);
        await redis.AskAsync("EVAL", "return redis.call('SETRANGE', redis.call('KEYS', 'hl:{01}:c:*')[1], 0, '\\2')", "0");
        foreach (var act in new Func<Task>[] { () => store.LoadAsync(Person(1), null, default), () => CommitAsync(store, 1, 1) })
        {
            var fault = await Assert.ThrowsAsync<StoreUnavailableException>(act);
            Assert.True(fault.IsOfOneConversation);
            Assert.Contains("upgrade", fault.Message, StringComparison.Ordinal);
        }

        await CommitAsync(store, 2, 1);
        await redis.AskAsync("EVAL", "return redis.call('SETRANGE', redis.call('KEYS', 'hl:{01}:c:*')[1], 0, '\\1')", "0");
        Assert.Equal(1, (await store.LoadAsync(Person(1), null, default)).Version);
    }

    private async Task<RedisServer> ServeAsync(IEnumerable<string>? client = null, params string[] options)
    {
        var server = await RedisServer.StartAsync(client, options);
        _servers.Add(server);
        return server;
    }

    private async Task<RedisConversationStore> OpenAsync(string connection, TimeProvider? time = null)
    {
        var store = Open(connection, time);
        Assert.Null(await store.FirstFaultAsync());
        return store;
    }

    private RedisConversationStore Open(string connection, TimeProvider? time = null)
    {
        var store = new RedisConversationStore(
            new(connection, TimeSpan.FromDays(30), Limit), time ?? TimeProvider.System, NullLogger<RedisConversationStore>.Instance);
        _stores.Add(store);
        return store;
    }

    private static Task ComesBackAsync(RedisConversationStore store) =>
        Eventually.BecomesTrueAsync("the store is back", () => store.IsAvailableAsync(default), TimeSpan.FromSeconds(40));

    private static Task<CommitOutcome> CommitAsync(RedisConversationStore store, int person, long version, string? entry = null) =>
        store.CommitAsync(Turn(person, version, entry), default);

    private static ConversationAddress Person(int n) => new("sms", new(n.ToString("x64", CultureInfo.InvariantCulture)));

    private static TurnCommit Turn(int person, long version, string? entry = null) => new()
    {
        Address = Person(person),
        Id = new ConversationId(new string('c', 32)),
        ExpectedVersion = version,
        State = [1],
        Outbox = entry is null ? [] : [new(new(entry), OutboxStream.Reply, [1])],
        Now = Start,
    };
}
