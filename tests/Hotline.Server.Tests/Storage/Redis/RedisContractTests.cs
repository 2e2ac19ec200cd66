using Hotline.Server.Storage.Redis;
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

public sealed class RedisClusterTests(RedisCluster redis) : RedisContract(redis), IClassFixture<RedisCluster>;

public sealed class SecureRedisTests(SecureRedis redis) : RedisContract(redis), IClassFixture<SecureRedis>;
