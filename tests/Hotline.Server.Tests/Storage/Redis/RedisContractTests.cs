using Hotline.Server.Storage.Redis;
using Hotline.Server.Tests.EndToEnd;
using Hotline.Server.Turns;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Hotline.Server.Tests.Storage.Redis;

/// <summary>The contract on a Redis that a fixture started.</summary>
public abstract class RedisContract(RedisFixture redis) : ConversationStoreContract
{
    private bool _isEmpty;

    private protected override async Task<IConversationStore> OpenAsync()
    {
        if (!_isEmpty)
        {
            await redis.EmptyAsync();
            _isEmpty = true;
        }

        var store = new RedisConversationStore(
            new(redis.Connection, TimeSpan.FromDays(30), TimeSpan.FromSeconds(5)) { AuthorityFile = redis.AuthorityFile },
            TimeProvider.System, NullLogger<RedisConversationStore>.Instance);
        Assert.Null(await store.FirstFaultAsync());
        return store;
    }

    private protected override async Task CloseAsync(IConversationStore store) => await ((RedisConversationStore)store).DisposeAsync();
}

public sealed class SingleRedisTests(SingleRedis redis) : RedisContract(redis), IClassFixture<SingleRedis>;

public sealed class RedisClusterTests(RedisCluster redis) : RedisContract(redis), IClassFixture<RedisCluster>
{
    [Fact]
    public async Task ASlotThatNobodyServes_IsNamed_AndComesBack()
    {
        await Store.CommitAsync(Turn(1, 0), default);
        var (owner, slot) = await redis.DropSlotOfAsync("hl:{01}:");
        await Eventually.BecomesTrueAsync("the cluster notices", async () => !await Store.IsAvailableAsync(default), TimeSpan.FromSeconds(30));
        var fault = await Assert.ThrowsAsync<StoreUnavailableException>(() => Store.CommitAsync(Turn(1, 1), default));
        Assert.Contains("--cluster fix", fault.Message, StringComparison.Ordinal);
        await owner.AskAsync("CLUSTER", "ADDSLOTS", slot);
        await Eventually.BecomesTrueAsync("the store is back", () => Store.IsAvailableAsync(default), TimeSpan.FromSeconds(30));
        Assert.IsType<CommitOutcome.Committed>(await Store.CommitAsync(Turn(1, 1), default));
    }
}

public sealed class SecureRedisTests(SecureRedis redis) : RedisContract(redis), IClassFixture<SecureRedis>;
