using Hotline.Conversations;
using Hotline.Server.Turns;
using Xunit;

namespace Hotline.Server.Tests.Storage;

/// <summary>Every promise of <see cref="IConversationStore"/>. Each store passes this class as it stands.</summary>
public abstract partial class ConversationStoreContract : IAsyncLifetime
{
    private protected static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly ConversationId Id = new(new string('c', 32));

    private IConversationStore? _store;

    private protected IConversationStore Store => _store ?? throw new InvalidOperationException("the store is opened before each test");

    /// <summary>Opens the store on the same data as before, or on new data the first time.</summary>
    private protected abstract Task<IConversationStore> OpenAsync();

    private protected abstract Task CloseAsync(IConversationStore store);

    public async Task InitializeAsync() => _store = await OpenAsync();

    public virtual async Task DisposeAsync() => await CloseAsync(Store);

    [Fact]
    public async Task Load_NobodyThere_IsVersionZero()
    {
        var loaded = await Store.LoadAsync(Person(1), "key", default);
        Assert.Equal(new LoadedConversation(null, 0, null), loaded);
    }

    [Fact]
    public async Task Commit_ThenLoad_GivesBackStateAndVersion_AlsoAfterAReopen()
    {
        Assert.Equal(new CommitOutcome.Committed(0), await Store.CommitAsync(Turn(1, 0, state: [7]), default));
        Assert.Equal(new CommitOutcome.Committed(0), await Store.CommitAsync(Turn(1, 1, state: [8, 9]), default));
        await ReopenAsync();
        var loaded = await Store.LoadAsync(Person(1), null, default);
        Assert.Equal(2, loaded.Version);
        Assert.Equal([8, 9], loaded.State);
    }

    [Fact]
    public async Task Commit_OnAnotherVersion_Conflicts_AndWritesNothing()
    {
        await Store.CommitAsync(Turn(1, 0), default);
        var late = Turn(1, 0, seen: "late", outbox: [Out("e1", OutboxStream.Reply)], state: [99]);
        Assert.IsType<CommitOutcome.Conflict>(await Store.CommitAsync(late, default));
        Assert.IsType<CommitOutcome.Conflict>(await Store.CommitAsync(Turn(2, 5), default));
        var loaded = await Store.LoadAsync(Person(1), "late", default);
        Assert.Null(loaded.SeenAt);
        Assert.Equal([1], loaded.State);
        Assert.Equal(new OutboxDepth(0, 0, 0, 0), await Store.CountOutboxAsync(default));
    }

    [Fact]
    public async Task Commit_ByManyAtOnce_HasOneWinnerPerVersion()
    {
        for (var version = 0; version < 5; version++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Store.CommitAsync(Turn(1, version, state: [(byte)i]), default)));
            Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
        }
    }

    [Fact]
    public async Task Seen_IsKnownFromTheCommitOn_WithItsPlaceInTheLog()
    {
        var first = Turn(1, 0, seen: "k1") with { Log = [[1], [2]] };
        Assert.Equal(new CommitOutcome.Committed(1), await Store.CommitAsync(first, default));
        Assert.Equal(new CommitOutcome.Committed(3), await Store.CommitAsync(Turn(1, 1, seen: "k2") with { Log = [[3]] }, default));
        Assert.Equal(1, (await Store.LoadAsync(Person(1), "k1", default)).SeenAt);
        Assert.Equal(3, (await Store.LoadAsync(Person(1), "k2", default)).SeenAt);
        Assert.Equal(new CommitOutcome.Seen(1), await Store.CommitAsync(Turn(1, 2, seen: "k1"), default));
        Assert.Equal(2, (await Store.LoadAsync(Person(1), null, default)).Version);
    }

    [Fact]
    public async Task Seen_ByManyAtOnce_CountsOnce()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Store.CommitAsync(Turn(1, 0, seen: "k"), default)));
        Assert.Single(outcomes.OfType<CommitOutcome.Committed>());
        Assert.Equal(31, outcomes.OfType<CommitOutcome.Seen>().Count());
    }

    [Fact]
    public async Task Transcript_IsInOrder_AndCapped()
    {
        for (var version = 0; version < 210; version++)
        {
            await Store.CommitAsync(Turn(1, version) with { Transcript = [Line($"e{version}", [(byte)version])] }, default);
        }

        var lines = await Store.ReadTranscriptAsync(Person(1), default);
        Assert.Equal(200, lines.Count);
        Assert.Equal(Enumerable.Range(10, 200).Select(i => $"e{i}"), lines.Select(l => l.Id.Value));

        for (var version = 0; version < 10; version++)
        {
            await Store.CommitAsync(Turn(2, version) with { Transcript = [Line($"b{version}", new byte[10_000])] }, default);
        }

        Assert.Equal(["b7", "b8", "b9"], (await Store.ReadTranscriptAsync(Person(2), default)).Select(l => l.Id.Value));
    }

    [Fact]
    public async Task Log_CountsFromOne_AndIsReadFromAPlace()
    {
        await Store.CommitAsync(Turn(1, 0) with { Log = [[1], [2], [3]] }, default);
        Assert.Equal(4, await Store.AppendLogAsync(Person(1), [[4], [5]], "a", Start, default));
        Assert.Equal(4, await Store.AppendLogAsync(Person(1), [[4], [5]], "a", Start, default));
        await Store.CommitAsync(Turn(1, 1) with { Log = [[6]] }, default);
        var all = await Store.ReadLogAsync(Person(1), 0, 100, default);
        Assert.Equal([1, 2, 3, 4, 5, 6], all.Select(l => l.Index));
        Assert.Equal([1, 2, 3, 4, 5, 6], all.Select(l => (long)l.Body[0]));
        Assert.Equal([3, 4], (await Store.ReadLogAsync(Person(1), 2, 2, default)).Select(l => l.Index));
        Assert.Empty(await Store.ReadLogAsync(Person(2), 0, 100, default));
    }

    [Fact]
    public async Task Due_IsReplacedByEachTurn_AndGivenEarliestFirst()
    {
        await Store.CommitAsync(Turn(1, 0) with { Due = new("t1", Start.AddHours(2)) }, default);
        await Store.CommitAsync(Turn(2, 0) with { Due = new("t2", Start.AddHours(1)) }, default);
        await Store.CommitAsync(Turn(3, 0) with { Due = new("t3", Start.AddHours(9)) }, default);
        Assert.Equal(["t2", "t1"], (await Store.ReadDueAsync(Start.AddHours(3), 10, default)).Select(d => d.WaitToken));
        Assert.Equal(Person(2), (await Store.ReadDueAsync(Start.AddHours(3), 1, default)).Single().Address);
        await Store.CommitAsync(Turn(2, 1), default);
        Assert.Equal(["t1"], (await Store.ReadDueAsync(Start.AddHours(3), 10, default)).Select(d => d.WaitToken));
    }

    [Fact]
    public async Task Outbox_GivesTheHeadOfEachConversation_InOrder()
    {
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a1", OutboxStream.Reply), Out("a2", OutboxStream.Reply), Out("d1", OutboxStream.Desk)]), default);
        await Store.CommitAsync(Turn(2, 0, outbox: [Out("b1", OutboxStream.Reply)]), default);
        Assert.Equal(["a1", "b1"], await ReadyAsync(OutboxStream.Reply));
        Assert.Equal(["d1"], await ReadyAsync(OutboxStream.Desk));
        await Store.CompleteAsync(new("a1"), default);
        Assert.Equal(["a2", "b1"], await ReadyAsync(OutboxStream.Reply));
        Assert.Equal(new OutboxDepth(1, 2, 0, 0), await Store.CountOutboxAsync(default));
    }

    [Fact]
    public async Task Outbox_PostponedEntry_HoldsBackItsOwnConversationOnly()
    {
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a1", OutboxStream.Reply), Out("a2", OutboxStream.Reply)]), default);
        await Store.CommitAsync(Turn(2, 0, outbox: [Out("b1", OutboxStream.Reply)]), default);
        await Store.PostponeAsync(new("a1"), Start.AddMinutes(5), false, default);
        Assert.Equal(["b1"], await ReadyAsync(OutboxStream.Reply));
        var later = await Store.ReadReadyAsync(OutboxStream.Reply, Start.AddMinutes(5), 10, default);
        Assert.Equal(1, later.Single(i => i.Id.Value == "a1").Attempts);
    }

    [Fact]
    public async Task Parts_RememberAttemptAndProvider_AndAClearedAttemptIsGone()
    {
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a1", OutboxStream.Reply)]), default);
        await Store.MarkAttemptAsync(new("a1"), 0, Start, default);
        await Store.RecordSentAsync(new("a1"), 0, "sms", "SM1", Start, default);
        await Store.MarkAttemptAsync(new("a1"), 1, Start.AddSeconds(1), default);
        await ReopenAsync();
        Assert.Equal([new PartState(0, Start, "SM1"), new PartState(1, Start.AddSeconds(1), null)], await PartsAsync("a1"));
        Assert.True(await Store.OwnsProviderIdAsync("sms", "SM1", default));
        Assert.False(await Store.OwnsProviderIdAsync("other", "SM1", default));
        await Store.PostponeAsync(new("a1"), Start, true, default);
        Assert.Equal([new PartState(0, Start, "SM1"), new PartState(1, null, null)], await PartsAsync("a1"));
    }

    [Fact]
    public async Task Park_TakesTheEntryOut_AndLetsTheNextGo()
    {
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a1", OutboxStream.Reply), Out("a2", OutboxStream.Reply)]), default);
        await Store.ParkAsync(new("a1"), "rejected_21211", Start, default);
        Assert.Equal(["a2"], await ReadyAsync(OutboxStream.Reply));
        Assert.Equal(new OutboxDepth(0, 1, 0, 1), await Store.CountOutboxAsync(default));
    }

    [Fact]
    public async Task Status_InAnyOrder_OnlyMovesForward()
    {
        var order = new[] { DeliveryStatus.Queued, DeliveryStatus.Sent, DeliveryStatus.Sending, DeliveryStatus.Delivered, DeliveryStatus.Sent, DeliveryStatus.Delivered };
        await Store.CommitAsync(Turn(1, 0, outbox: [Out("a1", OutboxStream.Reply)]), default);
        await Store.MarkAttemptAsync(new("a1"), 0, Start, default);
        await Store.CompleteAsync(new("a1"), default);
        var moved = new List<DeliveryStatus>();
        foreach (var status in order)
        {
            if (await Store.RecordStatusAsync(new("a1"), 0, status, null, "SM1", Start, default) is { } recorded)
            {
                Assert.Equal(Person(1), recorded.Address);
                moved.Add(recorded.Status);
            }
        }

        Assert.Equal([DeliveryStatus.Queued, DeliveryStatus.Sent, DeliveryStatus.Delivered], moved);
        Assert.True(await Store.OwnsProviderIdAsync("sms", "SM1", default));
        Assert.Null(await Store.RecordStatusAsync(new("nobody"), 0, DeliveryStatus.Sent, null, null, Start, default));
    }

    [Fact]
    public async Task Marks_AreKept()
    {
        Assert.Null(await Store.ReadMarkAsync("sweep", default));
        await Store.WriteMarkAsync("sweep", "1", default);
        await Store.WriteMarkAsync("sweep", "2", default);
        await ReopenAsync();
        Assert.Equal("2", await Store.ReadMarkAsync("sweep", default));
    }

    [Fact]
    public async Task Erase_RemovesThePerson_AndKeepsWhatWasSeen()
    {
        var turn = Turn(1, 0, seen: "k", outbox: [Out("a1", OutboxStream.Reply)]) with { Transcript = [Line("a0", [1])], Log = [[1]], Due = new("t", Start) };
        await Store.CommitAsync(turn, default);
        await Store.CommitAsync(Turn(2, 0), default);
        await Store.EraseAsync(Person(1), default);
        var loaded = await Store.LoadAsync(Person(1), "k", default);
        Assert.Null(loaded.State);
        Assert.NotNull(loaded.SeenAt);
        Assert.Empty(await Store.ReadTranscriptAsync(Person(1), default));
        Assert.Empty(await Store.ReadLogAsync(Person(1), 0, 10, default));
        Assert.Empty(await Store.ReadDueAsync(Start.AddDays(1), 10, default));
        Assert.Empty(await ReadyAsync(OutboxStream.Reply));
        Assert.NotNull((await Store.LoadAsync(Person(2), null, default)).State);
    }

    [Fact]
    public async Task Purge_RemovesTheOldAndKeepsTheRest()
    {
        await Store.CommitAsync(Turn(1, 0, seen: "old"), default);
        await Store.CommitAsync(Turn(2, 0, seen: "new") with { Now = Start.AddDays(29) }, default);
        await Store.CommitAsync(Turn(3, 0, outbox: [Out("x", OutboxStream.Desk)]), default);
        Assert.Equal(1, await Store.PurgeAsync(Start.AddDays(30).AddHours(1), default));
        Assert.Null((await Store.LoadAsync(Person(1), "old", default)).State);
        Assert.Null((await Store.LoadAsync(Person(1), "old", default)).SeenAt);
        Assert.NotNull((await Store.LoadAsync(Person(2), "new", default)).SeenAt);
        Assert.NotNull((await Store.LoadAsync(Person(3), null, default)).State); // its ticket is not delivered yet
    }

    [Fact]
    public async Task IsAvailable_WhileOpen() => Assert.True(await Store.IsAvailableAsync(default));

    private protected async Task ReopenAsync()
    {
        await CloseAsync(Store);
        _store = await OpenAsync();
    }

    private protected static ConversationAddress Person(int n) => new("sms", new($"{n:x64}"));

    private protected static TurnCommit Turn(int person, long version, string? seen = null, IReadOnlyList<OutboxEntry>? outbox = null, byte[]? state = null) => new()
    {
        Address = Person(person),
        Id = Id,
        ExpectedVersion = version,
        State = state ?? [1],
        SeenKey = seen,
        Outbox = outbox ?? [],
        Now = Start,
    };

    private protected static OutboxEntry Out(string id, OutboxStream stream) => new(new(id), stream, [1, 2, 3]);

    private protected static SealedLine Line(string id, byte[] body) => new(new(id), Start, body);

    private async Task<IEnumerable<string>> ReadyAsync(OutboxStream stream) =>
        (await Store.ReadReadyAsync(stream, Start, 10, default)).Select(i => i.Id.Value);

    private async Task<IReadOnlyList<PartState>> PartsAsync(string id) =>
        (await Store.ReadReadyAsync(OutboxStream.Reply, Start.AddDays(1), 10, default)).Single(i => i.Id.Value == id).Parts;
}
