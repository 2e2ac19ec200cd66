using Hotline.Server.Hosting;
using Hotline.Server.Turns;

namespace Hotline.Server.Storage.Redis;

/// <summary>Lets a running server take part in delivering, and gives its shards back when it stops and nothing is in hand any more.</summary>
internal sealed class RedisSharing(RedisConversationStore store, ChannelList channels, GracefulStop stop) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        store.OnLogGrew(address => channels.Find(address.Channel)?.LogGrew(address));
        store.StartSharing();
        stop.AfterWork(_ => store.StopSharingAsync());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
