using System.Collections.Concurrent;
using System.Diagnostics;
using Hotline.Conversations;
using Hotline.Server.Privacy;
using Hotline.Server.Storage.Redis;
using Hotline.Server.Tests.EndToEnd;
using Hotline.Server.Turns;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using Xunit.Abstractions;

namespace Hotline.Server.Tests.Storage.Redis;

/// <summary>Copies that come, go and die share the shards, and no entry is delivered twice or out of order.</summary>
public sealed class LeaseTests(SingleRedis redis, ITestOutputHelper output) : IClassFixture<SingleRedis>, IAsyncLifetime
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly Pseudonyms Names = new(new byte[32]);

    /// <summary>As in production, but ten times as fast.</summary>
    private static readonly LeaseSettings Quick = new(TimeProvider.System)
    {
        Length = TimeSpan.FromMilliseconds(1250),
        Request = TimeSpan.FromMilliseconds(500),
        Tick = TimeSpan.FromMilliseconds(100),
        Silence = TimeSpan.FromMilliseconds(600),
        Watch = TimeSpan.FromMilliseconds(25),
    };

    private readonly List<RedisConversationStore> _copies = [];

    public Task InitializeAsync() => redis.EmptyAsync();

    public async Task DisposeAsync()
    {
        foreach (var copy in _copies)
        {
            await copy.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task Shards_AreSharedEvenly_ByCopiesThatComeOneAfterTheOther(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await JoinAsync(Quick);
            await BecomeEvenAsync();
        }

        Assert.Equal(count, _copies[0].Copies.Count);
        Assert.Single(_copies, copy => copy.LeadsDuties);
    }

    [Fact]
    public async Task ACopyThatLeaves_GivesItsShardsBackAtOnce()
    {
        await JoinAsync(new LeaseSettings(TimeProvider.System));
        var leaving = await JoinAsync(new LeaseSettings(TimeProvider.System));
        await BecomeEvenAsync();
        await leaving.StopSharingAsync();
        _copies.Remove(leaving);
        var waited = Stopwatch.StartNew();
        await BecomeEvenAsync();
        await leaving.DisposeAsync();
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(5), $"took {waited.Elapsed}");
    }

    [Fact]
    public async Task ADeadCopysShards_AreTakenOver_Within15Seconds_AtTheTimesOfProduction()
    {
        await JoinAsync(new LeaseSettings(TimeProvider.System));
        var dying = await JoinAsync(new LeaseSettings(TimeProvider.System));
        await BecomeEvenAsync();
        _copies.Remove(dying);
        await dying.DisposeAsync(); // gives nothing back, as a killed process
        var waited = Stopwatch.StartNew();
        await BecomeEvenAsync();
        output.WriteLine($"taken over after {waited.Elapsed.TotalSeconds:F1} s");
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(15), $"took {waited.Elapsed}");
    }

    [Fact]
    public async Task ACopyWhoseLeaseWasTaken_DecidesNothing_ButTellsWhatItSent()
    {
        var first = await JoinAsync(Quick);
        await BecomeEvenAsync();
        var (id, address) = await WriteAsync(first, 1);
        var held = await TakeOneAsync(first);
        await redis.ExecuteAsync("DEL", $"hl:{{{address.Contact.Value[^2..]}}}:lease"); // as if it had run out
        var second = await JoinAsync(Quick);
        await Eventually.BecomesTrueAsync("the other copy has the shard", () => Task.FromResult(second.HeldShards == 128 && held.Hold.Lost.IsCancellationRequested));
        await first.PostponeAsync(id, Now.AddHours(5), true, default);
        await first.ParkAsync(id, "late", Now, default);
        Assert.False(await first.MarkAttemptAsync(id, 0, Now, default));
        Assert.Equal(1, (await first.CountOutboxAsync(default)).Reply);
        Assert.False(await first.AdvanceAsync(new(id, 0, "sms", "SM1"), null, Now, default));
        Assert.Equal(1, (await second.CountOutboxAsync(default)).Reply);
        held.Hold.Dispose();
        var again = await TakeOneAsync([first, second]);
        Assert.Equal("SM1", again.Parts.Single().ProviderId); // so it is not sent again
    }

    [Fact]
    public async Task ACommitOfAnotherCopy_WakesTheOneThatDelivers()
    {
        var deliverer = await JoinAsync(Quick with { Tick = TimeSpan.FromSeconds(30), Length = TimeSpan.FromSeconds(120) });
        await Eventually.BecomesTrueAsync("all shards", () => Task.FromResult(deliverer.HeldShards == Shard.Count));
        await DrainHintsAsync(deliverer);
        var woken = new TaskCompletionSource<OutboxStream>(TaskCreationOptions.RunContinuationsAsynchronously);
        deliverer.OnReady(stream => woken.TrySetResult(stream));
        await WriteAsync(await OpenAsync(Quick), 1);
        await woken.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Single(await deliverer.TakeReadyAsync(OutboxStream.Reply, Now, 10, default));
    }

    [Fact]
    public async Task ACopyOfTheSameFolder_TakesItsShardsBackAtOnce()
    {
        var folder = Directory.CreateTempSubdirectory("hotline-copy-");
        var file = Path.Combine(folder.FullName, "copy");
        var first = await OpenAsync(new LeaseSettings(TimeProvider.System), file);
        first.StartSharing();
        await BecomeEvenAsync();
        Assert.Throws<InvalidOperationException>(() => CopyIdentity.Hold(file));
        _copies.Remove(first);
        await first.DisposeAsync();
        var waited = Stopwatch.StartNew();
        var second = await OpenAsync(new LeaseSettings(TimeProvider.System), file);
        second.StartSharing();
        await BecomeEvenAsync();
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(5), $"took {waited.Elapsed}");
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task WhileCopiesComeGoAndDie_EachEntryIsDeliveredOnceAndInOrder(int seed)
    {
        const int people = 30;
        const int texts = 10;
        var random = new Random(seed);
        output.WriteLine($"seed {seed}");
        using var stop = new CancellationTokenSource();
        var delivered = new ConcurrentQueue<EventId>();
        var workers = new List<Task>();
        async Task<RedisConversationStore> StartAsync()
        {
            var copy = await JoinAsync(Quick);
            workers.Add(DeliverAsync(copy, delivered, new Random(random.Next()), stop.Token));
            return copy;
        }

        await StartAsync();
        await StartAsync();
        var writer = await OpenAsync(Quick);
        for (var text = 0; text < texts; text++)
        {
            for (var person = 0; person < people; person++)
            {
                await WriteAsync(writer, person, text);
            }

            var copies = _copies.Where(copy => copy != writer).ToList();
            switch (random.Next(3))
            {
                case 0 when copies.Count > 1:
                    var dying = copies[random.Next(copies.Count)];
                    _copies.Remove(dying);
                    await dying.DisposeAsync();
                    break;
                case 1 when copies.Count > 1:
                    var leaving = copies[random.Next(copies.Count)];
                    _copies.Remove(leaving);
                    await leaving.StopSharingAsync();
                    await leaving.DisposeAsync();
                    break;
                default:
                    await StartAsync();
                    break;
            }
        }

        await Eventually.BecomesTrueAsync("an empty outbox", async () => (await writer.CountOutboxAsync(default)).Reply == 0);
        await stop.CancelAsync();
        await Task.WhenAll(workers);
        Assert.Equal(people * texts, delivered.Distinct().Count());
        Assert.Equal(people * texts, delivered.Count);
        foreach (var one in delivered.GroupBy(id => id.Value[..32]))
        {
            Assert.Equal(one.OrderBy(VersionOf), one);
        }
    }

    private static int VersionOf(EventId id) => int.Parse(id.Value.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A provider that remembers: what is marked but not recorded is looked up before it is sent again, as the real delivery does.</summary>
    private static async Task DeliverAsync(RedisConversationStore store, ConcurrentQueue<EventId> provider, Random random, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                foreach (var item in await store.TakeReadyAsync(OutboxStream.Reply, TimeProvider.System.GetUtcNow(), 8, ct))
                {
                    using (item.Hold)
                    {
                        if (!item.Hold.Outlives(Quick.Request))
                        {
                            continue;
                        }

                        if (item.Parts.Count == 0 || !provider.Contains(item.Id))
                        {
                            provider.Enqueue(item.Id);
                        }

                        if (random.Next(20) > 0) // else the answer is lost
                        {
                            await store.AdvanceAsync(new(item.Id, 0, "sms", "SM" + item.Id.Value), null, TimeProvider.System.GetUtcNow(), default);
                        }
                    }
                }

                await Task.Delay(5, ct);
            }
            catch (StoreUnavailableException)
            {
                return; // this copy is dead
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<RedisConversationStore> JoinAsync(LeaseSettings settings)
    {
        var copy = await OpenAsync(settings);
        copy.StartSharing();
        return copy;
    }

    private async Task<RedisConversationStore> OpenAsync(LeaseSettings settings, string file = "")
    {
        var copy = new RedisConversationStore(
            new(redis.Connection, TimeSpan.FromDays(30), TimeSpan.FromSeconds(5)) { Leases = settings, CopyFile = file },
            TimeProvider.System, NullLogger<RedisConversationStore>.Instance);
        Assert.Null(await copy.FirstFaultAsync());
        _copies.Add(copy);
        return copy;
    }

    private Task BecomeEvenAsync() => Eventually.BecomesTrueAsync(
        "shards in even shares",
        () => Task.FromResult(_copies.Sum(c => c.HeldShards) == Shard.Count && _copies.Max(c => c.HeldShards) - _copies.Min(c => c.HeldShards) <= 1),
        TimeSpan.FromSeconds(40));

    private static async Task<(EventId Id, ConversationAddress Address)> WriteAsync(RedisConversationStore store, int person, long version = 0)
    {
        var address = new ConversationAddress("sms", Names.For(new Urn($"tel:+6680{person:D7}")));
        var conversation = new ConversationId(address.Contact.Value[^2..] + address.Contact.Value[..30]);
        var id = EventId.Of(conversation, version + 1, 0);
        var commit = new TurnCommit
        {
            Address = address,
            Id = conversation,
            ExpectedVersion = version,
            State = [1],
            Outbox = [new(id, OutboxStream.Reply, [1, 2, 3])],
            Now = Now,
        };
        Assert.IsType<CommitOutcome.Committed>(await store.CommitAsync(commit, default));
        return (id, address);
    }

    private static Task<OutboxItem> TakeOneAsync(params IReadOnlyList<RedisConversationStore> copies) => Eventually.GetAsync("an entry", async () =>
    {
        foreach (var copy in copies)
        {
            if (await copy.TakeReadyAsync(OutboxStream.Reply, TimeProvider.System.GetUtcNow(), 10, default) is [var item, ..])
            {
                return item;
            }
        }

        return null;
    });

    private static async Task DrainHintsAsync(RedisConversationStore store)
    {
        for (var i = 0; i < 8; i++)
        {
            foreach (var stream in Enum.GetValues<OutboxStream>())
            {
                Assert.Empty(await store.TakeReadyAsync(stream, Now, 64, default));
            }
        }
    }
}
