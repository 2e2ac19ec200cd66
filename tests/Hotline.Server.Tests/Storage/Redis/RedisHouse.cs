using Hotline.Conversations;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Server.Storage.Redis;
using Hotline.Server.Tests.EndToEnd;
using Hotline.Server.Turns;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hotline.Server.Tests.Storage.Redis;

/// <summary>The turns of a server on a Redis, without its doors: what a webhook does after its signature is checked.</summary>
internal sealed class RedisHouse : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hotline-house-");
    private readonly Metrics _metrics = new();
    private readonly KeyStore _keys;
    private int _messages;

    private RedisHouse(RedisStoreSettings settings, TimeProvider time)
    {
        _keys = new KeyStore(Path.Combine(_folder.FullName, "keys.db"), new EphemeralDataProtectionProvider());
        Store = new RedisConversationStore(settings, time, NullLogger<RedisConversationStore>.Instance);
        var channels = new ChannelList([Channel]);
        Sealing = new TurnSealing(new Pseudonyms(new byte[32]), _keys, channels);
        var watch = new TurnWatch(time, _metrics, NullLogger<TurnHandler>.Instance);
        Turns = new TurnHandler(Store, new ContentHolder(RepositoryContent.Snapshot), Sealing, new TurnSignals(channels), watch);
        Replies = new ReplyDelivery(Store, Sealing, channels, new Lazy<TurnHandler>(() => Turns), watch);
    }

    public RedisConversationStore Store { get; }

    public TurnHandler Turns { get; }

    public TurnSealing Sealing { get; }

    public ReplyDelivery Replies { get; }

    public SilentChannel Channel { get; } = new();

    public static async Task<RedisHouse> OpenAsync(RedisStoreSettings settings, TimeProvider? time = null)
    {
        var house = new RedisHouse(settings, time ?? TimeProvider.System);
        await house.Store.FirstFaultAsync();
        return house;
    }

    public Task WriteAsync(int person, string text) => Turns.HandleAsync(
        new("sms", new($"tel:+6680{person:D7}"), new TurnInput.MessageReceived($"SM{Interlocked.Increment(ref _messages)}", text)), default);

    public ConversationAddress AddressOf(int person) => Sealing.AddressOf(new("sms", new($"tel:+6680{person:D7}"), new TurnInput.MessageReceived("", "")));

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _keys.Dispose();
        _metrics.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}

/// <summary>Accepts everything at once.</summary>
internal sealed class SilentChannel : IChannel
{
    private int _sent;

    public string Name => "sms";

    public ChannelDelivery Delivery => ChannelDelivery.Push;

    public int Sent => _sent;

    public IReadOnlyList<string> Split(string text) => [text];

    public Task<SendOutcome> SendAsync(OutboundPart part, CancellationToken ct) =>
        Task.FromResult<SendOutcome>(new SendOutcome.Sent($"SM{Interlocked.Increment(ref _sent):x32}"));

    public Task<SettleOutcome> SettleAsync(OutboundPart part, DateTimeOffset attemptedAt, CancellationToken ct) =>
        Task.FromResult<SettleOutcome>(new SettleOutcome.Absent());

    public IReadOnlyList<byte[]> LogEntries(Conversation conversation, IReadOnlyList<RecordedEvent> events) => [];

    public void LogGrew(ConversationAddress address)
    {
        // no log
    }
}
