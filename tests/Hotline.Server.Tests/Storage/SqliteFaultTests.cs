using System.Diagnostics;
using Hotline.Server.Storage;
using Hotline.Server.Turns;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Hotline.Server.Tests.Storage;

/// <summary>A file that is held, broken or old: nothing is acknowledged that is not durable, and the line comes back by itself.</summary>
public sealed class SqliteFaultTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hotline-faults-");

    private string File => Path.Combine(_folder.FullName, "conversations.db");

    [Fact]
    public async Task Held_AllWhoWaitHearItTogether()
    {
        await using var store = Open(busyMs: 300);
        using var holder = Hold("BEGIN IMMEDIATE");
        var watch = Stopwatch.StartNew();
        var waiting = Enumerable.Range(0, 64).Select(i => store.CommitAsync(Turn(i), default)).ToList();
        foreach (var commit in waiting)
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => commit);
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(6), $"one after the other: {watch.Elapsed}"); // 64 × 300 ms would be 19 s
    }

    [Fact]
    public async Task HeldAtTheStart_TheStoreComesWhenItCan()
    {
        await using (Open())
        {
        }

        var holder = Hold("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE t (x); COMMIT;");
        await using var store = Open(busyMs: 50);
        Assert.False(await store.IsAvailableAsync(default));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(Turn(1), default));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.LoadAsync(Turn(1).Address, null, default));
        holder.Dispose();
        Assert.True(await store.IsAvailableAsync(default));
        Assert.IsType<CommitOutcome.Committed>(await store.CommitAsync(Turn(1), default));
    }

    [Fact]
    public async Task Broken_IsUnavailable_AndIsNotOverwritten()
    {
        var rubbish = Enumerable.Range(0, 20_000).Select(i => (byte)(i * 31)).ToArray();
        await System.IO.File.WriteAllBytesAsync(File, rubbish);
        await using (var store = Open())
        {
            Assert.False(await store.IsAvailableAsync(default));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(Turn(1), default));
            await Assert.ThrowsAsync<StoreUnavailableException>(() => store.LoadAsync(Turn(1).Address, null, default));
        }

        Assert.Equal(rubbish, await System.IO.File.ReadAllBytesAsync(File));
    }

    [Fact]
    public async Task TheFaultOfOne_DoesNotTouchTheOthersOfItsGroup()
    {
        await using var store = Open();
        var commits = Enumerable.Range(0, 64).Select(i => store.CommitAsync(Turn(i) with { Outbox = [new(new($"e{i / 2}"), OutboxStream.Reply, [1])] }, default)).ToList();
        var done = 0;
        foreach (var commit in commits)
        {
            try
            {
                await commit;
                done++;
            }
            catch (StoreUnavailableException)
            {
                // the second of each pair uses an id that is taken
            }
        }

        Assert.Equal(32, done);
        Assert.Equal(32, (await store.CountOutboxAsync(default)).Reply);
        Assert.True(await store.IsAvailableAsync(default));
    }

    [Fact]
    public async Task AnUnforeseenFault_DoesNotEndTheWriter()
    {
        await using var store = Open();
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.CommitAsync(Turn(1) with { Transcript = [null!] }, default));
        Assert.Equal(0, (await store.LoadAsync(Turn(1).Address, null, default)).Version);
        Assert.IsType<CommitOutcome.Committed>(await store.CommitAsync(Turn(1), default));
    }

    [Fact]
    public async Task ASecondCopyOnTheFolder_IsRefused()
    {
        await using (Open())
        {
            var fault = Assert.Throws<InvalidOperationException>(() => Open());
            Assert.StartsWith("Data:Path", fault.Message, StringComparison.Ordinal);
        }

        await using var after = Open();
        Assert.True(await after.IsAvailableAsync(default));
    }

    [Fact]
    public async Task ManyAtOnce_ShareTransactions()
    {
        await using var store = Open();
        var before = store.Groups;
        await Task.WhenAll(Enumerable.Range(0, 64).Select(client => Task.Run(async () =>
        {
            for (var version = 0; version < 20; version++)
            {
                Assert.IsType<CommitOutcome.Committed>(await store.CommitAsync(Turn(client) with { ExpectedVersion = version }, default));
            }
        })));
        Assert.True((store.Groups - before) * 5 <= 64 * 20, $"{store.Groups - before} transactions for {64 * 20} turns");
    }

    [Fact]
    public async Task FileOfTheFirstVersion_IsBroughtForward_WithAllThatIsInIt()
    {
        using (var old = SqliteSession.Open(Settings(1000), SqliteOpenMode.ReadWriteCreate))
        {
            SqliteSchema.Apply(old, upTo: 1);
            old.Execute("""
                INSERT INTO conversation VALUES ('sms', 'c1', 'i1', 7, x'0102', 1000, 'w', 5000, 3, 2), ('sms', 'c2', 'i2', 1, x'03', 1000, NULL, NULL, 0, 0);
                INSERT INTO line VALUES ('sms', 'c1', 2, 'l2', 10, x'aa'), ('sms', 'c1', 3, 'l3', 11, x'bbbb');
                INSERT INTO log VALUES ('sms', 'c1', 1, x'01'), ('sms', 'c1', 2, x'02');
                INSERT INTO seen VALUES ('k', 1, 1000);
                INSERT INTO outbox (id, stream, channel, contact, body, created, not_before, attempts)
                    VALUES ('o1', 1, 'sms', 'c1', x'01', 1000, 0, 0), ('o2', 1, 'sms', 'c1', x'02', 1000, 0, 0), ('o3', 1, 'sms', 'c2', x'03', 1000, 0, 2);
                INSERT INTO parked VALUES ('p1', 1, 'sms', 'c1', x'01', 'code', 1000);
                INSERT INTO part VALUES ('o1', 0, 'sms', 'c1', 1000, 'SM1', 3, NULL, 1000);
                INSERT INTO mark VALUES ('m', 'v');
                """);
        }

        await using var store = Open();
        var address = new ConversationAddress("sms", new("c1"));
        var loaded = await store.LoadAsync(address, "k", default);
        Assert.Equal((7, 1L), (loaded.Version, loaded.SeenAt));
        Assert.Equal([1, 2], loaded.State);
        Assert.Equal(["l2", "l3"], (await store.ReadTranscriptAsync(address, default)).Select(l => l.Id.Value));
        Assert.Equal([1, 2], (await store.ReadLogAsync(address, 0, 10, default)).Select(l => l.Index));
        Assert.Equal(["o1", "o3"], (await store.ReadReadyAsync(OutboxStream.Reply, DateTimeOffset.UnixEpoch.AddDays(1), 10, default)).Select(o => o.Id.Value));
        Assert.Equal(new OutboxDepth(0, 3, 0, 1), await store.CountOutboxAsync(default));
        Assert.True(await store.OwnsProviderIdAsync("sms", "SM1", default));
        Assert.Equal("w", (await store.ReadDueAsync(DateTimeOffset.UnixEpoch.AddDays(1), 10, default)).Single().WaitToken);
        Assert.Equal("v", await store.ReadMarkAsync("m", default));
        Assert.IsType<CommitOutcome.Committed>(await store.CommitAsync(
            Turn(1) with { Address = address, ExpectedVersion = 7, Transcript = [new(new("l4"), DateTimeOffset.UnixEpoch, [1])], Log = [[3]] }, default));
        Assert.Equal(["l2", "l3", "l4"], (await store.ReadTranscriptAsync(address, default)).Select(l => l.Id.Value));
        Assert.Equal(3, (await store.ReadLogAsync(address, 2, 10, default)).Single().Index);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static TurnCommit Turn(int person) => new()
    {
        Address = new("sms", new($"{person:x64}")),
        Id = new(new string('c', 32)),
        ExpectedVersion = 0,
        State = [1],
        Now = DateTimeOffset.UnixEpoch,
    };

    private SqliteStoreSettings Settings(int busyMs) => new(File, TimeSpan.FromDays(30)) { BusyMs = busyMs };

    private SqliteConversationStore Open(int busyMs = 1000) =>
        new(Settings(busyMs), TimeProvider.System, NullLogger<SqliteConversationStore>.Instance);

    /// <summary>Holds the file as another program would, until disposed.</summary>
    private SqliteConnection Hold(string how)
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = how;
        command.ExecuteNonQuery();
        return connection;
    }
}
