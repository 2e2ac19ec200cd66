using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Server.Cases;
using Hotline.Server.Desk;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Server.Storage;
using Hotline.Server.Tests.EndToEnd;
using Hotline.Server.Tests.Privacy;
using Hotline.Server.Turns;
using Hotline.Triage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hotline.Server.Tests.Desk;

/// <summary>The real desk over the real database, the real turn handler and the real content; only the clock is the test's.</summary>
internal sealed class DeskFixture : IAsyncDisposable, IDbContextFactory<CasesDb>
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hotline-desk-");
    private readonly KeyStore _keys = TestKeys.InMemory();
    private readonly Metrics _metrics = new();
    private readonly SqliteConversationStore _store;
    private readonly TurnSealing _sealing;
    private readonly DeskDelivery _delivery;

    private DeskFixture()
    {
        _store = new SqliteConversationStore(
            new(Path.Combine(_folder.FullName, "conversations.db"), TimeSpan.FromDays(30)), Time, NullLogger<SqliteConversationStore>.Instance);
        var channels = new ChannelList([]);
        _sealing = new TurnSealing(new Pseudonyms(new byte[32]), _keys, channels);
        var watch = new TurnWatch(Time, _metrics, NullLogger<TurnHandler>.Instance);
        Turns = new TurnHandler(_store, new ContentHolder(RepositoryContent.Snapshot), _sealing, new TurnSignals(channels), watch);
        Feed = new CaseFeed(this);
        Intake = new CaseIntake(this, _keys, Feed, _metrics);
        _delivery = new DeskDelivery(_store, _sealing, Intake, watch);
        Courier = NewCourier();
        Desk = new TicketDesk(this, _keys, Feed, Courier, new DeskRules(Time, new DeskOptions()));
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public TurnHandler Turns { get; }

    public CaseFeed Feed { get; }

    public CaseIntake Intake { get; }

    public DeskCourier Courier { get; }

    public TicketDesk Desk { get; }

    /// <summary>The file of the conversations.</summary>
    public string Conversations => Path.Combine(_folder.FullName, "conversations.db");

    public Metrics Metrics => _metrics;

    public static async Task<DeskFixture> StartAsync()
    {
        var fixture = new DeskFixture();
        await using var db = fixture.CreateDbContext();
        await db.Database.MigrateAsync();
        return fixture;
    }

    /// <summary>A second courier on the same data, as after a restart.</summary>
    public DeskCourier NewCourier() => new(this, _keys, Turns, Feed, new(Time, NullLogger<DeskCourier>.Instance));

    public Drafts NewDrafts() => new(this, _keys, new(Time, NullLogger<DeskCourier>.Instance));

    public CasesDb CreateDbContext()
    {
        var options = new DbContextOptionsBuilder<CasesDb>();
        CasesSetup.Configure(options, Path.Combine(_folder.FullName, "cases.db"));
        return new((DbContextOptions<CasesDb>)options.Options);
    }

    /// <summary>A person writes, and what the desk must know of it is brought there.</summary>
    public async Task<Conversation> WriteAsync(int person, string text)
    {
        var conversation = await CommitAsync(person, text);
        await BringAsync();
        return conversation;
    }

    /// <summary>A person writes; the desk does not know it yet.</summary>
    public async Task<Conversation> CommitAsync(int person, string text)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        var id = $"SM{Time.GetUtcNow().Ticks}";
        var outcome = await Turns.HandleAsync(new("sms", new($"tel:+6680000{person:D4}"), new TurnInput.MessageReceived(id, text)), default);
        return ((TurnOutcome.Done)outcome).Conversation;
    }

    /// <summary>Delivers the desk's outbox.</summary>
    public async Task BringAsync()
    {
        while (await _store.ReadReadyAsync(OutboxStream.Desk, Time.GetUtcNow().AddDays(1), 100, default) is { Count: > 0 } items)
        {
            foreach (var item in items)
            {
                await _delivery.DeliverAsync(item, default);
            }
        }
    }

    /// <summary>Opens a ticket by asking for a person.</summary>
    public async Task<string> TicketAsync(int person)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        var address = new Urn($"tel:+6680000{person:D4}");
        var handoff = new RecordedEvent(
            EventId.Of(new($"{person:x32}"), 1, 0), Time.GetUtcNow(), new TurnEvent.HandoffRequested(TriageLevel.R1, "triage", false));
        await Intake.ApplyAsync(Entry(person, handoff, address), [], default);
        return handoff.Id.Value;
    }

    public static DeskEntry Entry(int person, RecordedEvent fact, Urn address) => new(
        fact, new($"{person:x32}"), 1, "sms", new($"{person:x64}"), address, LanguageTag.Thai, TriageLevel.R1, new TicketId(EventId.Of(new($"{person:x32}"), 1, 0).Value));

    public async ValueTask DisposeAsync()
    {
        Courier.Dispose();
        Feed.Dispose();
        await _store.DisposeAsync();
        _keys.Dispose();
        _metrics.Dispose();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
