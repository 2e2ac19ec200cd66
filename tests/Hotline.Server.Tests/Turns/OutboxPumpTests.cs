using Hotline.Conversations;
using Hotline.Server.Cases;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Server.Storage;
using Hotline.Server.Tests.EndToEnd;
using Hotline.Server.Turns;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Hotline.Server.Tests.Turns;

/// <summary>The real pump over real databases: one conversation's trouble is nobody else's.</summary>
public sealed class OutboxPumpTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hotline-pump-");
    private readonly Metrics _metrics = new();

    [Fact]
    public async Task ConversationsWhoseKeyCannotBeOpened_HoldNoOthersTicketBack()
    {
        await using (var before = new House(this, new EphemeralDataProtectionProvider()))
        {
            for (var i = 0; i < 200; i++)
            {
                await before.WriteAsync(i, "agent");
            }
        }

        await using var house = new House(this, new EphemeralDataProtectionProvider());
        await using (var db = house.CreateDbContext())
        {
            await db.Database.MigrateAsync();
        }

        await house.WriteAsync(1000, "agent");
        using var pump = house.NewPump();
        await pump.StartAsync(default);
        await Eventually.BecomesTrueAsync(
            "the one ticket",
            async () =>
            {
                await using var db = house.CreateDbContext();
                return await db.Tickets.AnyAsync();
            },
            TimeSpan.FromSeconds(20));
        await pump.StopAsync(default);
    }

    [Fact]
    public async Task ATextThatWaited_DoesNotReachAPersonWhoHidMeanwhile()
    {
        await using var house = new House(this, new EphemeralDataProtectionProvider());
        await house.WriteAsync(1, "hello");
        await house.WriteAsync(1, "hide");
        house.Time.Advance(TimeSpan.FromMinutes(1));
        await house.SendAllAsync();
        Assert.Empty(house.Channel.Sent);
    }

    [Fact]
    public async Task AFreshText_GoesOut_AlsoTheWordThatThePersonIsHidden()
    {
        await using var house = new House(this, new EphemeralDataProtectionProvider());
        await house.WriteAsync(1, "hello");
        await house.WriteAsync(1, "hide");
        await house.SendAllAsync();
        Assert.NotEmpty(house.Channel.Sent);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    /// <summary>One life of a server on the folder.</summary>
    private sealed class House : IAsyncDisposable, IDbContextFactory<CasesDb>
    {
        private readonly string _cases;
        private readonly KeyStore _keys;
        private readonly SqliteConversationStore _store;
        private readonly CaseFeed _feed;
        private readonly TurnHandler _turns;
        private readonly ReplyDelivery _replies;
        private readonly DeskDelivery _desk;
        private readonly TurnSignals _signals;
        private readonly TurnWatch _watch;
        private int _sid;

        public House(OutboxPumpTests test, IDataProtectionProvider ring)
        {
            _cases = Path.Combine(test._folder.FullName, "cases.db");
            _keys = new KeyStore(Path.Combine(test._folder.FullName, "keys.db"), ring);
            _store = new SqliteConversationStore(
                new(Path.Combine(test._folder.FullName, "conversations.db"), TimeSpan.FromDays(30)), Time, NullLogger<SqliteConversationStore>.Instance);
            var channels = new ChannelList([Channel]);
            var sealing = new TurnSealing(new Pseudonyms(new byte[32]), _keys, channels);
            _watch = new TurnWatch(Time, test._metrics, NullLogger<TurnHandler>.Instance);
            _signals = new TurnSignals(channels);
            _turns = new TurnHandler(_store, new ContentHolder(RepositoryContent.Snapshot), sealing, _signals, _watch);
            _feed = new CaseFeed(this);
            _desk = new DeskDelivery(_store, sealing, new CaseIntake(this, _keys, _feed, test._metrics), _watch);
            _replies = new ReplyDelivery(_store, sealing, channels, new Lazy<TurnHandler>(() => _turns), _watch);
        }

        public Microsoft.Extensions.Time.Testing.FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

        public RecordingChannel Channel { get; } = new();

        public OutboxPump NewPump() => new(_store, _signals, _replies, _desk, new PumpSettings(true, _watch with { Time = TimeProvider.System }));

        public Task WriteAsync(int person, string text) => _turns.HandleAsync(
            new("sms", new($"tel:+6680000{person:D4}"), new TurnInput.MessageReceived($"SM{person}x{_sid++}", text)), default);

        public async Task SendAllAsync()
        {
            while (await _store.ReadReadyAsync(OutboxStream.Reply, Time.GetUtcNow(), 100, default) is { Count: > 0 } items)
            {
                foreach (var item in items)
                {
                    await _replies.DeliverAsync(item, default);
                }
            }
        }

        public CasesDb CreateDbContext()
        {
            var options = new DbContextOptionsBuilder<CasesDb>();
            CasesSetup.Configure(options, _cases);
            return new((DbContextOptions<CasesDb>)options.Options);
        }

        public async ValueTask DisposeAsync()
        {
            _feed.Dispose();
            await _store.DisposeAsync();
            _keys.Dispose();
        }
    }

    private sealed class RecordingChannel : IChannel
    {
        public string Name => "sms";

        public ChannelDelivery Delivery => ChannelDelivery.Push;

        public List<string> Sent { get; } = [];

        public IReadOnlyList<string> Split(string text) => [text];

        public Task<SendOutcome> SendAsync(OutboundPart part, CancellationToken ct)
        {
            Sent.Add(part.Text);
            return Task.FromResult<SendOutcome>(new SendOutcome.Sent($"SM{Sent.Count}"));
        }

        public Task<SettleOutcome> SettleAsync(OutboundPart part, DateTimeOffset attemptedAt, CancellationToken ct) =>
            Task.FromResult<SettleOutcome>(new SettleOutcome.Absent());

        public IReadOnlyList<byte[]> LogEntries(Conversation conversation, IReadOnlyList<RecordedEvent> events) => [];

        public void LogGrew(ConversationAddress address)
        {
            // no log
        }
    }
}
