using System.Collections.Frozen;
using Hotline.Content;
using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Resources;
using Hotline.Server.Channels.Twilio;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Server.Tests.Channels.Twilio.Fake;
using Hotline.Server.Turns;
using Hotline.Text;
using Hotline.Triage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hotline.Server.Tests.Channels.Twilio;

/// <summary>The room's endpoints on a real socket, over the real turn handler and spool, beside a fake provider.</summary>
internal sealed class TwilioHost : IAsyncDisposable
{
    public const string PublicUrl = "https://line.example.org/behind";
    public const string Number = "+66200000000";
    public const string Person = "+66812345678";
    public const string OutageText = "Please write again later <3.";

    private readonly WebApplication _app;
    private readonly string _spoolFolder;

    private TwilioHost(WebApplication app, FakeTwilio fake, MemoryStore store, string spoolFolder)
    {
        Log = app.Services.GetRequiredService<LogLines>();
        _app = app;
        Fake = fake;
        Store = store;
        _spoolFolder = spoolFolder;
    }

    public FakeTwilio Fake { get; }

    public MemoryStore Store { get; }

    /// <summary>Every line that anything in the process of the test server logged, at every level.</summary>
    public LogLines Log { get; }

    public string Url => _app.Urls.Single();

    public InboundSpool Spool => Get<InboundSpool>();

    public Metrics Metrics => Get<Metrics>();

    public TwilioLine Line => Get<TwilioLines>().Find("sms-th")!;

    public TwilioChannel Channel => Line.Channel;

    public TwilioSweep Sweep => Get<TwilioSweep>();

    public static async Task<TwilioHost> StartAsync(TimeProvider? time = null, Dictionary<string, string?>? settings = null, int channels = 1)
    {
        var fake = await FakeTwilio.StartAsync(time);
        var store = new MemoryStore();
        var spool = Path.Combine(Path.GetTempPath(), $"hotline-twilio-{Guid.NewGuid():N}");
        var builder = WebApplication.CreateSlimBuilder();
        var lines = new LogLines();
        builder.Logging.ClearProviders().AddProvider(lines).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton(lines);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        for (var i = 0; i < channels; i++)
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                [$"Twilio:Channels:{i}:Name"] = "sms-th",
                [$"Twilio:Channels:{i}:AccountSid"] = fake.AccountSid,
                [$"Twilio:Channels:{i}:AuthToken"] = fake.AuthToken,
                [$"Twilio:Channels:{i}:OtherAuthTokens:0"] = "token to be",
                [$"Twilio:Channels:{i}:From"] = Number,
                [$"Twilio:Channels:{i}:PublicUrl"] = PublicUrl,
                [$"Twilio:Channels:{i}:ApiUrl"] = fake.Url,
                [$"Twilio:Channels:{i}:OutageText"] = OutageText,
            });
        }

        builder.Configuration.AddInMemoryCollection(settings ?? []);

        var services = builder.Services;
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton<Metrics>();
        services.AddSingleton<IConversationStore>(store);
        services.AddSingleton(new Pseudonyms(new byte[32]));
        services.AddSingleton(Hotline.Server.Tests.Privacy.TestKeys.InMemory());
        services.AddSingleton(new ContentHolder(Nothing()));
        services.AddSingleton<TurnWatch>();
        services.AddSingleton<ChannelList>();
        services.AddSingleton<TurnSealing>();
        services.AddSingleton<TurnSignals>();
        services.AddSingleton<TurnHandler>();
        services.AddSingleton(provider => new InboundSpool(spool, new EphemeralDataProtectionProvider(), provider.GetRequiredService<TurnWatch>()));
        services.AddTwilio(builder.Configuration);

        // the tests call the sweep, one by one
        var sweep = services.Single(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType == typeof(TwilioSweep));
        services.Remove(sweep);
        services.AddSingleton<TwilioSweep>();

        var app = builder.Build();
        app.MapTwilio();
        var host = new TwilioHost(app, fake, store, spool);
        await app.StartAsync();
        fake.DeliverTo = host.Url;
        fake.PublicBase = PublicUrl;
        return host;
    }

    public static string Receive(string channel = "sms-th") => $"{PublicUrl}/channels/twilio/{channel}/receive";

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>The key by which the store knows a message of this person.</summary>
    public string? SeenKey(string person, string sid)
    {
        var request = new TurnRequest("sms-th", TwilioInbound.ToUrn(person)!.Value, new TurnInput.MessageReceived(sid, ""));
        return Get<TurnSealing>().SeenKey(Get<TurnSealing>().AddressOf(request), request.Input);
    }

    /// <summary>From now on nothing can be written to the spool.</summary>
    public void BreakSpool()
    {
        _ = Spool;
        Directory.Delete(_spoolFolder, recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Fake.DisposeAsync();
        if (Directory.Exists(_spoolFolder))
            Directory.Delete(_spoolFolder, recursive: true);
    }

    private static ContentSnapshot Nothing() => new()
    {
        Version = "0000000000000000",
        Line = new LineSettings
        {
            Service = Text("hotline/service", "Hotline"),
            Operator = Text("hotline/operator", "Nobody"),
            Hours = Text("hotline/hours", "Always"),
            SecrecyNote = Text("hotline/secrecy", "Nothing is kept"),
            Countries = [],
            Languages = [],
            Welcome = new("welcome"),
            LanguageFlow = new("language"),
            Menu = new("menu"),
            Offer = new("offer"),
            Safety = new("safety"),
            Waiting = new("waiting"),
            Closing = new("closing"),
            Texts = FrozenDictionary<string, TextRef>.Empty,
        },
        Flows = FrozenDictionary<FlowId, Hotline.Flows.Flow>.Empty,
        Catalogs = Catalogs.Empty,
        Words = Words.Empty,
        Triage = TriageRules.Empty,
        Resources = ResourceDirectory.Empty,
    };

    private static TextRef Text(string id, string source) => new(id, source, default!);
}
