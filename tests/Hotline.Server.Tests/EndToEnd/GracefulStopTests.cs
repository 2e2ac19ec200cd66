using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text.Json;
using Hotline.Server.Tests.Channels.Twilio.Fake;
using Xunit;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>SIGTERM to a real process in the middle of its work.</summary>
public sealed class GracefulStopTests
{
    private const int People = 16;
    private static readonly string[] Talk = ["hello", "1", "1", "2", "1"];

    [Fact]
    public async Task Sigterm_UnderLoad_RefusesNewOnesWith503_LosesAndDoublesNothing()
    {
        await using var line = await SmsLine.StartAsync(new Dictionary<string, string> { ["Listen__DrainSeconds"] = "3" });
        var peace = await TalkInPeaceAsync(line, Person(0));
        var half = new TaskCompletionSource();
        var waiting = People;
        var talks = Enumerable.Range(1, People).Select(n => TalkAsync(line, Person(n), peace, i =>
        {
            if (i == 2 && Interlocked.Decrement(ref waiting) == 0)
            {
                half.SetResult();
            }
        })).ToList();
        await half.Task.WaitAsync(Eventually.Limit);

        var stopped = Stopwatch.StartNew();
        var stop = line.Server.StopAsync();
        await Eventually.BecomesTrueAsync("not ready", async () => (await ReadyAsync(line)) == HttpStatusCode.ServiceUnavailable);
        using (var refused = await line.Provider.DeliverAsync(line.Provider.Write(Person(99), SmsLine.Number, "hello"), SmsLine.Public + "/channels/twilio/sms/receive"))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter?.Delta);
        }

        await stop;
        Assert.Equal(0, line.Server.ExitCode);
        Assert.True(stopped.Elapsed < TimeSpan.FromSeconds(20), $"it took {stopped.Elapsed}");

        await line.Server.StartAsync();
        var whole = peace.SelectMany(turn => turn).ToList();
        Assert.All(await Task.WhenAll(talks), texts => Assert.Equal(whole, texts));
        await line.WaitForTextsAsync(Person(99), 1); // refused, and so fetched by the sweep of the next start
    }

    [Fact]
    public async Task Sigterm_WhileAProviderIsSlow_WaitsForItsAnswer_AndLeavesNothingToSettle()
    {
        await using var line = await SmsLine.StartAsync();
        var answer = new TaskCompletionSource();
        line.Provider.Troubles.Enqueue(new FakeTrouble.Late(answer.Task));
        await line.WriteAsync(Person(1), "hello");
        await line.WaitForTextsAsync(Person(1), 1); // the provider has it, and we do not know
        var stop = line.Server.StopAsync();
        await Eventually.BecomesTrueAsync("the doors are closed", async () => await ReadyAsync(line) is null);
        answer.SetResult();
        await stop;
        Assert.Equal(0, line.Server.ExitCode);
        Assert.Equal(0, line.UnsettledCount());
    }

    [Fact]
    public async Task Sigterm_WithOpenStreams_DoesNotWaitForThem()
    {
        await using var server = new ServerProcess();
        await server.StartAsync();
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{server.StaffUrl}/api/desk/feed");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", StaffClient.FeedToken);
        using var feed = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        feed.EnsureSuccessStatusCode();

        using var token = await http.PostAsync($"{server.PublicUrl}/v3/directline/tokens/generate", null);
        using var json = JsonDocument.Parse(await token.Content.ReadAsStringAsync());
        http.DefaultRequestHeaders.Authorization = new("Bearer", json.RootElement.GetProperty("token").GetString());
        using var chat = await http.PostAsync($"{server.PublicUrl}/v3/directline/conversations", null);
        using var opened = JsonDocument.Parse(await chat.Content.ReadAsStringAsync());
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(opened.RootElement.GetProperty("streamUrl").GetString()!), CancellationToken.None); // the API always names it

        var closing = ReadToCloseAsync(socket);
        var stopped = Stopwatch.StartNew();
        await server.StopAsync();
        Assert.Equal(0, server.ExitCode);
        Assert.True(stopped.Elapsed < TimeSpan.FromSeconds(8), $"it took {stopped.Elapsed}");
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, await closing);
    }

    private static string Person(int n) => $"+668000004{n:D2}";

    private static async Task<HttpStatusCode?> ReadyAsync(SmsLine line)
    {
        using var http = new HttpClient();
        try
        {
            using var answer = await http.GetAsync($"{line.Server.PublicUrl}/health/ready");
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>What one person reads when nothing disturbs, turn for turn.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<string>>> TalkInPeaceAsync(SmsLine line, string person)
    {
        var turns = new List<IReadOnlyList<string>>();
        foreach (var text in Talk)
        {
            var before = line.TextsTo(person).Count;
            await line.WriteAsync(person, text);
            await line.WaitForTextsAsync(person, before + 1);
            await Eventually.BecomesTrueAsync("an empty outbox", () => Task.FromResult(line.OutboxCount() == 0));
            turns.Add([.. line.TextsTo(person).Skip(before)]);
        }

        return turns;
    }

    /// <summary>Says every line of the talk, each when the last is answered as in peace; what the person read.</summary>
    private static async Task<IReadOnlyList<string>> TalkAsync(
        SmsLine line, string person, IReadOnlyList<IReadOnlyList<string>> peace, Action<int> before)
    {
        for (var i = 0; i < Talk.Length; i++)
        {
            before(i);
            await line.WriteAsync(person, Talk[i]);
            await line.WaitForTextsAsync(person, peace.Take(i + 1).Sum(turn => turn.Count));
        }

        return line.TextsTo(person);
    }

    private static async Task<WebSocketCloseStatus?> ReadToCloseAsync(ClientWebSocket socket)
    {
        var buffer = new byte[16 * 1024];
        using var limit = new CancellationTokenSource(Eventually.Limit);
        while ((await socket.ReceiveAsync(buffer, limit.Token)).MessageType != WebSocketMessageType.Close)
        {
        }

        return socket.CloseStatus;
    }
}
