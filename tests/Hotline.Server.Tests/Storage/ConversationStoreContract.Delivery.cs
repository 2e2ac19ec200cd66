using Hotline.Server.Turns;
using Xunit;

namespace Hotline.Server.Tests.Storage;

/// <summary>What <see cref="IDeliveryStore"/> promises to those who deliver.</summary>
public abstract partial class ConversationStoreContract
{
    private IDeliveryStore Delivery => (IDeliveryStore)Store;

    [Fact]
    public async Task Take_GivesEachHeadOnce_UntilItIsGivenBack()
    {
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a1", OutboxStream.Reply), Out("a2", OutboxStream.Reply)]), default);
        await Store.CommitAsync(Turn(2, 0, outbox: [Out("b1", OutboxStream.Reply)]), default);
        var taken = await TakeAsync(OutboxStream.Reply);
        Assert.Equal(["a1", "b1"], taken.Select(i => i.Id.Value).Order(StringComparer.Ordinal));
        Assert.Empty(await TakeAsync(OutboxStream.Reply));
        Assert.All(taken, item => Assert.True(item.Hold.Outlives(TimeSpan.FromSeconds(10))));
        taken.Single(i => i.Id.Value == "b1").Hold.Dispose();
        Assert.Equal("b1", (await TakeAsync(OutboxStream.Reply)).Single().Id.Value);
        await Store.CompleteAsync(new("a1"), default);
        Assert.Equal("a2", (await TakeAsync(OutboxStream.Reply)).Single().Id.Value);
    }

    [Fact]
    public async Task Take_MarksTheFirstPart_AndTheNextTakerSeesIt()
    {
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a1", OutboxStream.Reply)]), default);
        var first = (await TakeAsync(OutboxStream.Reply)).Single();
        Assert.Empty(first.Parts);
        Assert.Equal([new PartState(0, Start, null)], await PartsAsync("a1"));
        first.Hold.Dispose();
        Assert.Equal([new PartState(0, Start, null)], (await TakeAsync(OutboxStream.Reply)).Single().Parts);
    }

    [Fact]
    public async Task Take_AfterACertainNo_MarksAgain()
    {
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a1", OutboxStream.Reply)]), default);
        var first = (await TakeAsync(OutboxStream.Reply)).Single();
        await Store.PostponeAsync(first.Id, Start, true, default);
        first.Hold.Dispose();
        var again = (await Delivery.TakeReadyAsync(OutboxStream.Reply, Start.AddSeconds(9), 10, default)).Single();
        Assert.Equal([new PartState(0, null, null)], again.Parts);
        Assert.Equal([new PartState(0, Start.AddSeconds(9), null)], await PartsAsync("a1"));
    }

    [Fact]
    public async Task Take_OfTicketEntries_MarksNothing_AndLeavesTextsAlone()
    {
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a1", OutboxStream.Reply), Out("d1", OutboxStream.Desk)]), default);
        Assert.Equal("d1", (await TakeAsync(OutboxStream.Desk)).Single().Id.Value);
        Assert.Empty(await PartsAsync("a1"));
    }

    [Fact]
    public async Task Take_NoMoreThanAsked_AndAllInTheEnd()
    {
        for (var i = 0; i < 40; i++)
        {
            await Store.CommitAsync(Turn(i, 0, outbox: [Out($"e{i}", OutboxStream.Bulk)]), default);
        }

        var all = new List<string>();
        while (await Delivery.TakeReadyAsync(OutboxStream.Bulk, Start, 7, default) is { Count: > 0 } taken)
        {
            Assert.InRange(taken.Count, 1, 7);
            all.AddRange(taken.Select(i => i.Id.Value));
        }

        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"e{i}").Order(StringComparer.Ordinal), all.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Advance_RecordsAndMarksTheNext_ThenCompletes()
    {
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a1", OutboxStream.Reply), Out("a2", OutboxStream.Reply)]), default);
        var item = (await TakeAsync(OutboxStream.Reply)).Single();
        Assert.True(await Delivery.AdvanceAsync(new(item.Id, 0, "sms", "SM1"), 1, Start.AddSeconds(3), default));
        Assert.Equal([new PartState(0, Start, "SM1"), new PartState(1, Start.AddSeconds(3), null)], await PartsAsync("a1"));
        Assert.True(await Delivery.AdvanceAsync(new(item.Id, 1, "sms", "SM2"), null, Start.AddSeconds(4), default));
        Assert.Equal(new OutboxDepth(0, 1, 0, 0), await Store.CountOutboxAsync(default));
        Assert.True(await Store.OwnsProviderIdAsync("sms", "SM2", default));
        Assert.NotNull(await Store.RecordStatusAsync(item.Id, 1, DeliveryStatus.Delivered, null, "SM2", Start, default));
    }

    [Fact]
    public async Task Advance_OfAnErasedEntry_SaysSo()
    {
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a1", OutboxStream.Reply)]), default);
        var item = (await TakeAsync(OutboxStream.Reply)).Single();
        await Store.EraseAsync(Person(1), default);
        Assert.False(await Delivery.AdvanceAsync(new(item.Id, 0, "sms", "SM1"), 1, Start, default));
        Assert.False(await Delivery.AdvanceAsync(new(item.Id, 0, "sms", "SM1"), null, Start, default));
    }

    private Task<IReadOnlyList<OutboxItem>> TakeAsync(OutboxStream stream) => Delivery.TakeReadyAsync(stream, Start, 10, default);
}
