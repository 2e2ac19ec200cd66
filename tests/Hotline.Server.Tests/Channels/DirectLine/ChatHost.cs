using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Server.Channels.DirectLine;
using Hotline.Server.Channels.WebChat;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Server.Tests.EndToEnd;
using Hotline.Server.Turns;
using Hotline.Triage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hotline.Server.Tests.Channels.DirectLine;

/// <summary>
/// The room over a real Kestrel, with a store in memory and a clock of its own. Turns are committed as the turn handler
/// commits them, by hand, so that these tests are about the wire and not about what the bot says.
/// </summary>
internal sealed class ChatHost : IAsyncDisposable
{
    public const string Secret = "a-secret-of-a-partner";

    private readonly WebApplication _app;
    private readonly string _data = Directory.CreateTempSubdirectory("hotline-chat-").FullName;
    private readonly Dictionary<string, long> _versions = [];
    private bool _stopped;

    private ChatHost(FakeTimeProvider? clock)
    {
        Url = $"http://127.0.0.1:{ServerProcess.FreePort()}";
        Clock = clock;
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Listen:Public"] = Url,
            ["Listen:Staff"] = $"http://127.0.0.1:{ServerProcess.FreePort()}",
            ["Data:Path"] = _data,
            ["DirectLine:Secrets:0"] = Secret,
            ["DirectLine:SigningKey"] = "k123456789012345678901234567890123",
            ["DirectLine:AllowedOrigins:0"] = "https://partner.example", ["DirectLine:AllowedOrigins:1"] = "http://partner.example",
        });
        builder.AddHosting();
        if (clock is not null)
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
        }

        builder.Services.AddSingleton<IConversationStore>(Store);
        builder.Services.AddSingleton(new Pseudonyms(new byte[32]));
        builder.Services.AddSingleton(Hotline.Server.Tests.Privacy.TestKeys.InMemory());
        builder.Services.AddSingleton(new ContentHolder(null!)); // no test here runs a turn
        builder.Services.AddSingleton<TurnWatch>().AddSingleton<ChannelList>().AddSingleton<TurnSealing>();
        builder.Services.AddSingleton<TurnSignals>().AddSingleton<TurnHandler>();
        builder.Services.AddDirectLine().AddWebChat();
        _app = builder.Build();
        _app.MapDirectLine().MapWebChat();
        Http = new HttpClient { BaseAddress = new Uri(Url) };
    }

    public string Url { get; }

    public FakeTimeProvider? Clock { get; }

    public MemoryStore Store { get; } = new();

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public ChatLog Log => Services.GetRequiredService<ChatLog>();

    public LiveSockets Sockets => Services.GetRequiredService<LiveSockets>();

    public static async Task<ChatHost> StartAsync(FakeTimeProvider? clock = null)
    {
        var host = new ChatHost(clock);
        await host._app.StartAsync();
        return host;
    }

    /// <summary>A conversation that has begun, and a token for it.</summary>
    public async Task<(string Conversation, string Token)> BeginAsync(ChatUser? user = null)
    {
        var conversation = DirectLineTokens.NewConversationId();
        await CommitAsync(conversation, Out("Hello"));
        return (conversation, Services.GetRequiredService<DirectLineTokens>().Issue(conversation, TokenUse.Chat, user, []));
    }

    /// <summary>Commits a turn with these facts.</summary>
    public async Task CommitAsync(string conversation, params TurnEvent[] facts)
    {
        var address = Log.AddressOf(conversation);
        var version = _versions.GetValueOrDefault(conversation);
        var id = new ConversationId(conversation);
        var state = Conversation.Begin(id, ChatLog.Channel, address.Contact, ChatLog.UrnOf(conversation)) with { Version = version + 1 };
        var now = Log.Now;
        var result = new TurnResult(state, [.. facts.Select((fact, i) => new RecordedEvent(EventId.Of(id, version + 1, i), now, fact))]);
        var seal = await Services.GetRequiredService<KeyStore>().ForContactAsync(address.Contact, CancellationToken.None);
        var commit = Services.GetRequiredService<TurnSealing>().Seal(new(address, version, state, result, null, now), seal);
        Assert.IsType<CommitOutcome.Committed>(await Store.CommitAsync(commit, CancellationToken.None));
        _versions[conversation] = version + 1;
        Services.GetRequiredService<TurnSignals>().Committed(commit);
    }

    public static TurnEvent.MessageOut Out(string text) => new(text, LanguageTag.English, MessageSource.Bot);

    public static TurnEvent.MessageIn In(string text, string? wire = null) => new(text, 0, TriageAssessment.Nothing) { Wire = wire };

    public async Task<(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers)> SendAsync(
        HttpMethod method, string path, string? credential = null, object? body = null, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (credential is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {credential}");
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            _ => new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };
        using var answer = await Http.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return (answer.StatusCode, bytes.Length == 0 ? default : JsonDocument.Parse(bytes).RootElement, answer.Headers);
    }

    public async Task<string> StreamUrlAsync(string conversation, string token, string watermark = "") =>
        (await SendAsync(HttpMethod.Get, $"/v3/directline/conversations/{conversation}?watermark={watermark}", token))
        .Body.GetProperty("streamUrl").GetString()!;

    public static async Task<ClientWebSocket> ConnectAsync(string url)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(url), CancellationToken.None);
        return socket;
    }

    /// <summary>The next frame; <c>null</c> when the server closes.</summary>
    public static async Task<string?> FrameAsync(ClientWebSocket socket)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer, limit.Token);
            if (got.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            text.Write(buffer, 0, got.Count);
            if (got.EndOfMessage)
            {
                return Encoding.UTF8.GetString(text.ToArray());
            }
        }
    }

    public async Task StopAsync()
    {
        _stopped = true;
        await _app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_stopped)
        {
            await _app.StopAsync();
        }

        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
