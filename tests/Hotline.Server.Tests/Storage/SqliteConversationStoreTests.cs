using Hotline.Server.Storage;
using Hotline.Server.Turns;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Hotline.Server.Tests.Storage;

public sealed class SqliteConversationStoreTests : ConversationStoreContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hotline-store-");

    private string File => Path.Combine(_folder.FullName, "conversations.db");

    private protected override Task<IConversationStore> OpenAsync() =>
        Task.FromResult<IConversationStore>(Open(File));

    private protected override async Task CloseAsync(IConversationStore store) => await ((SqliteConversationStore)store).DisposeAsync();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task LockedByAnotherProcess_IsUnavailable_AcknowledgesNothing_AndComesBack()
    {
        await Store.CommitAsync(Turn(1, 0), default);
        using (var other = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            other.Open();
            using var command = other.CreateCommand();
            command.CommandText = "BEGIN IMMEDIATE";
            command.ExecuteNonQuery();
            await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.CommitAsync(Turn(1, 1, seen: "k"), default));
            Assert.False(await Store.IsAvailableAsync(default));
        }

        Assert.Equal(1, (await Store.LoadAsync(Person(1), "k", default)).Version);
        Assert.Null((await Store.LoadAsync(Person(1), "k", default)).SeenAt);
        Assert.IsType<CommitOutcome.Committed>(await Store.CommitAsync(Turn(1, 1, seen: "k"), default));
    }

    [Fact]
    public async Task Full_IsUnavailable_AndWhatWasAcknowledgedStays()
    {
        await CloseAsync(Store);
        var full = Open(File, maxPages: 60);
        var acknowledged = 0;
        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            for (; acknowledged < 10_000; acknowledged++)
            {
                await full.CommitAsync(Turn(acknowledged, 0, state: new byte[2000]), default);
            }
        });
        Assert.False(await full.IsAvailableAsync(default));
        await full.DisposeAsync();
        await ReopenAfterCloseAsync();
        Assert.True(acknowledged > 0);
        for (var i = 0; i < acknowledged; i++)
        {
            Assert.Equal(1, (await Store.LoadAsync(Person(i), null, default)).Version);
        }

        Assert.Equal(0, (await Store.LoadAsync(Person(acknowledged), null, default)).Version);
    }

    [Fact]
    public async Task CopiedInTheMiddle_AsAfterAPowerCut_HasEveryAcknowledgedCommit()
    {
        var acknowledged = 0;
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await Store.CommitAsync(Turn(Volatile.Read(ref acknowledged), 0, state: new byte[500]), default);
                Interlocked.Increment(ref acknowledged);
            }
        });
        while (Volatile.Read(ref acknowledged) < 50)
        {
            await Task.Yield();
        }

        // the log first would miss what is checkpointed in between; the database file, then the log, is what a disk holds
        var copy = _folder.CreateSubdirectory("copy").FullName;
        var known = Volatile.Read(ref acknowledged);
        System.IO.File.Copy(File, Path.Combine(copy, "conversations.db"));
        System.IO.File.Copy(File + "-wal", Path.Combine(copy, "conversations.db-wal"));
        await stop.CancelAsync();
        await writing;
        var after = Open(Path.Combine(copy, "conversations.db"));
        for (var i = 0; i < known; i++)
        {
            Assert.Equal(1, (await after.LoadAsync(Person(i), null, default)).Version);
        }

        await after.DisposeAsync();
    }

    [Fact]
    public async Task NewerFile_IsRefusedWithAWord()
    {
        await CloseAsync(Store);
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 999";
            command.ExecuteNonQuery();
        }

        var fault = Assert.Throws<NewerSchemaException>(() => Open(File));
        Assert.Contains("newer than this server knows", fault.Message, StringComparison.Ordinal);
        using (var connection = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 2";
            command.ExecuteNonQuery();
        }

        await ReopenAfterCloseAsync();
    }

    private static SqliteConversationStore Open(string file, int maxPages = 0) => new(
        new SqliteStoreSettings(file, TimeSpan.FromDays(30)) { MaxPages = maxPages }, TimeProvider.System, NullLogger<SqliteConversationStore>.Instance);

    private async Task ReopenAfterCloseAsync() => await InitializeAsync();
}
