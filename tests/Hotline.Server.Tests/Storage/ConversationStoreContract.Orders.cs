using Hotline.Conversations;
using Hotline.Server.Turns;
using Xunit;

namespace Hotline.Server.Tests.Storage;

/// <summary>What must hold after any sequence of calls, and what must hold when many come at once.</summary>
public abstract partial class ConversationStoreContract
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Outbox_AfterAnySequenceOfCalls_ShowsTheHeadsOfTheModel(int seed)
    {
        var random = new Random(seed);
        var versions = new int[4];
        var model = Enumerable.Range(0, 4).Select(_ => new List<(string Id, DateTimeOffset From)>()).ToArray();
        var now = Start;
        for (var step = 0; step < 150; step++)
        {
            now += TimeSpan.FromSeconds(random.Next(30));
            var person = random.Next(4);
            var queue = model[person];
            switch (random.Next(5))
            {
                case 0 or 1:
                    var ids = Enumerable.Range(0, random.Next(3)).Select(i => $"{person}-{versions[person]}-{i}").ToList();
                    var turn = Turn(person, versions[person]++, outbox: [.. ids.Select(id => Out(id, OutboxStream.Reply))]) with { Now = now };
                    Assert.IsType<CommitOutcome.Committed>(await Store.CommitAsync(turn, default));
                    queue.AddRange(ids.Select(id => (id, DateTimeOffset.MinValue)));
                    break;
                case 2 when queue.Count > 0:
                    await Store.CompleteAsync(new(queue[0].Id), default);
                    queue.RemoveAt(0);
                    break;
                case 3 when queue.Count > 0:
                    queue[0] = queue[0] with { From = now.AddSeconds(random.Next(60)) };
                    await Store.PostponeAsync(new(queue[0].Id), queue[0].From, false, default);
                    break;
                case 4 when queue.Count > 0:
                    var any = random.Next(queue.Count); // a later one too: the head stays the head
                    await Store.ParkAsync(new(queue[any].Id), "test", now, default);
                    queue.RemoveAt(any);
                    break;
            }

            var ready = (await Store.ReadReadyAsync(OutboxStream.Reply, now, 10, default)).Select(i => i.Id.Value);
            Assert.Equal(
                model.Where(q => q.Count > 0 && q[0].From <= now).Select(q => q[0].Id).Order(StringComparer.Ordinal),
                ready.Order(StringComparer.Ordinal));
            Assert.Equal(model.Sum(q => q.Count), (await Store.CountOutboxAsync(default)).Reply);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Status_AfterAnySequenceOfReports_HasOnlyRisen_AndEndsAtTheHighest(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 20; round++)
        {
            var id = new EventId($"s{round}");
            await Store.CommitAsync(Turn(round, 0, outbox: [Out(id.Value, OutboxStream.Reply)]), default);
            await Store.MarkAttemptAsync(id, 0, Start, default);
            var reports = Enumerable.Range(0, 12).Select(_ => (DeliveryStatus)random.Next(9)).ToList();
            var risen = new List<DeliveryStatus>();
            foreach (var report in reports)
            {
                if (await Store.RecordStatusAsync(id, 0, report, (int)report, null, Start, default) is { } moved)
                {
                    Assert.Equal((int)report, moved.Code);
                    risen.Add(moved.Status);
                }
            }

            Assert.Equal(risen.Distinct().Order(), risen);
            Assert.Equal(reports.Max(), risen.Append(DeliveryStatus.Accepted).Max());
        }
    }

    [Fact]
    public async Task Outbox_NewOnes_DoNotStarveThePostponed_NorTheOtherWayRound()
    {
        for (var i = 0; i < 20; i++)
        {
            await Store.CommitAsync(Turn(i, 0, outbox: [Out($"old{i}", OutboxStream.Reply)]), default);
            await Store.PostponeAsync(new($"old{i}"), Start.AddSeconds(i), false, default);
            await Store.CommitAsync(Turn(100 + i, 0, outbox: [Out($"new{i}", OutboxStream.Reply)]), default);
        }

        var ready = (await Store.ReadReadyAsync(OutboxStream.Reply, Start.AddHours(1), 10, default)).Select(i => i.Id.Value).ToList();
        Assert.Equal(10, ready.Count);
        Assert.Contains("old0", ready);
        Assert.Contains("new0", ready);
    }

    [Fact]
    public async Task Outbox_EntryOfATurnWithAClockAhead_IsReadyAtOnce()
    {
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a", OutboxStream.Reply)]) with { Now = Start.AddHours(5) }, default);
        Assert.Equal(["a"], await ReadyAsync(OutboxStream.Reply));
    }

    [Fact]
    public async Task Report_BeforeTheAnswerOfTheSend_IsKept_AndTheAnswerAddsTheId()
    {
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a1", OutboxStream.Reply)]), default);
        await Store.MarkAttemptAsync(new("a1"), 0, Start, default);
        Assert.NotNull(await Store.RecordStatusAsync(new("a1"), 0, DeliveryStatus.Delivered, null, null, Start, default));
        await Store.RecordSentAsync(new("a1"), 0, "sms", "SM9", Start, default);
        Assert.Equal([new PartState(0, Start, "SM9")], await PartsAsync("a1"));
        Assert.Null(await Store.RecordStatusAsync(new("a1"), 0, DeliveryStatus.Sent, null, "SM9", Start, default));
        Assert.True(await Store.OwnsProviderIdAsync("sms", "SM9", default));
    }

    [Fact]
    public async Task AnErasedEntry_MustNotBeSent()
    {
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a1", OutboxStream.Reply)]), default);
        Assert.True(await Store.MarkAttemptAsync(new("a1"), 0, Start, default));
        await Store.EraseAsync(Person(1), default);
        Assert.False(await Store.MarkAttemptAsync(new("a1"), 0, Start, default));
        Assert.Null(await Store.RecordStatusAsync(new("a1"), 0, DeliveryStatus.Sent, null, "SM1", Start, default));
        Assert.False(await Store.OwnsProviderIdAsync("sms", "SM1", default));
        Assert.IsType<CommitOutcome.Committed>(await Store.CommitAsync(Turn(1, 0), default));
    }

    [Fact]
    public async Task Log_OfNobody_IsNotBegun() =>
        Assert.Equal(0, await Store.AppendLogAsync(Person(1), [[1]], "k", Start, default));

    [Fact]
    public async Task Purge_TakesOldLogEntriesOfAPersonWhoStillWrites_AndKeepsTheirPlaces()
    {
        await Store.CommitAsync(Turn(1, 0) with { Log = [[1], [2]] }, default);
        await Store.CommitAsync(Turn(1, 1) with { Log = [[3]], Now = Start.AddDays(29) }, default);
        Assert.Equal(0, await Store.PurgeAsync(Start.AddDays(31), default));
        Assert.Equal([3], (await Store.ReadLogAsync(Person(1), 0, 10, default)).Select(l => l.Index));
        Assert.Equal(4, await Store.AppendLogAsync(Person(1), [[4]], null, Start.AddDays(31), default));
    }

    [Fact]
    public async Task Purge_OfMany_TakesAll()
    {
        await Task.WhenAll(Enumerable.Range(0, 700).Select(i => Store.CommitAsync(Turn(i, 0, seen: $"k{i}"), default)));
        Assert.Equal(700, await Store.PurgeAsync(Start.AddDays(31), default));
        Assert.Null((await Store.LoadAsync(Person(699), "k699", default)).SeenAt);
    }

    [Fact]
    public async Task Transcript_LineLongerThanTheCap_StaysAlone()
    {
        await Store.CommitAsync(Turn(1, 0) with { Transcript = [Line("a", [1]), Line("b", new byte[40_000])] }, default);
        Assert.Equal(["b"], (await Store.ReadTranscriptAsync(Person(1), default)).Select(l => l.Id.Value));
        await Store.CommitAsync(Turn(1, 1) with { Transcript = [Line("c", [2])] }, default);
        Assert.Equal(["c"], (await Store.ReadTranscriptAsync(Person(1), default)).Select(l => l.Id.Value));
    }

    [Fact]
    public async Task Close_WritesWhatWaits_AndThenAnswersNobody()
    {
        var waiting = Enumerable.Range(0, 300).Select(i => Store.CommitAsync(Turn(i, 0), default)).ToList();
        await CloseAsync(Store);
        Assert.All(await Task.WhenAll(waiting), outcome => Assert.IsType<CommitOutcome.Committed>(outcome));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.CommitAsync(Turn(1, 1), default));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.LoadAsync(Person(1), null, default));
        Assert.False(await Store.IsAvailableAsync(default));
        await InitializeAsync();
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(1, (await Store.LoadAsync(Person(i), null, default)).Version);
        }
    }
}
