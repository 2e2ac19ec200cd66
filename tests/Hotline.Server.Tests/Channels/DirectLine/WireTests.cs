using System.Net;
using System.Text.Json;
using Hotline.Server.Channels.DirectLine;
using Hotline.Server.Turns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hotline.Server.Tests.Channels.DirectLine;

/// <summary>The table of answers, over HTTP.</summary>
public sealed class WireTests : IAsyncLifetime
{
    private const string Api = "/v3/directline";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private ChatHost _host = null!; // set before the first test

    public async Task InitializeAsync() => _host = await ChatHost.StartAsync(_clock);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(null, null, 200)]
    [InlineData(ChatHost.Secret, null, 200)]
    [InlineData(ChatHost.Secret, "https://evil.example", 200)]
    [InlineData("a-wrong-secret", null, 403)]
    [InlineData(null, "https://partner.example", 200)]
    [InlineData(null, "https://evil.example", 403)]
    [InlineData(null, "own", 200)]
    public async Task Generate_LooksAtSecretAndOrigin(string? secret, string? origin, int status)
    {
        var (got, body, headers) = await _host.SendAsync(
            HttpMethod.Post, $"{Api}/tokens/generate", secret, new { User = new { Id = "dl_u" } }, origin == "own" ? _host.Url : origin);
        Assert.Equal(status, (int)got);
        if (status == 200)
        {
            Assert.Equal(1800, body.GetProperty("expires_in").GetInt32());
            Assert.False(body.TryGetProperty("streamUrl", out _));
            Assert.Equal("dl_u", Tokens.Read(body.GetProperty("token").GetString()!)!.User!.Id);
        }

        Assert.Equal(origin is not null, headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Refresh_GivesATokenForTheSameConversation_AndExpiredOnesSaySo()
    {
        var (conversation, token) = await _host.BeginAsync(new("dl_u", "N"));
        var (status, body, _) = await _host.SendAsync(HttpMethod.Post, $"{Api}/tokens/refresh", token);
        Assert.Equal((HttpStatusCode.OK, conversation), (status, body.GetProperty("conversationId").GetString()));
        Assert.Equal("dl_u", Tokens.Read(body.GetProperty("token").GetString()!)!.User!.Id);
        _clock.Advance(TimeSpan.FromMinutes(31));
        foreach (var (method, path) in new[] { (HttpMethod.Post, "/tokens/refresh"), (HttpMethod.Get, $"/conversations/{conversation}/activities"), (HttpMethod.Post, $"/conversations/{conversation}/activities") })
        {
            var (late, error, _) = await _host.SendAsync(method, Api + path, token, method == HttpMethod.Post ? "{}" : null);
            Assert.Equal((HttpStatusCode.Forbidden, "TokenExpired"), (late, Code(error)));
        }
    }

    [Theory]
    [InlineData("GET", "/conversations/{id}/activities", null, 401)]
    [InlineData("GET", "/conversations/{id}/activities", "garbage", 403)]
    [InlineData("GET", "/conversations/{id}/activities", "token", 200)]
    [InlineData("GET", "/conversations/{id}/activities", ChatHost.Secret, 200)]
    [InlineData("GET", "/conversations/{id}/activities?watermark=xyz", "token", 400)]
    [InlineData("GET", "/conversations/another/activities", "token", 403)]
    [InlineData("GET", "/conversations/another/activities", ChatHost.Secret, 404)]
    [InlineData("GET", "/conversations/another?watermark=", "token", 403)]
    [InlineData("GET", "/conversations/{id}?watermark=", "token", 200)]
    [InlineData("GET", "/conversations/{id}/stream?t=x", "token", 400)]
    [InlineData("POST", "/conversations/another/activities", "token", 403)]
    [InlineData("POST", "/conversations/{id}/activities", "token", 400)]
    [InlineData("POST", "/conversations", null, 401)]
    [InlineData("POST", "/conversations", "token", 200)]
    [InlineData("POST", "/tokens/refresh", ChatHost.Secret, 400)]
    [InlineData("DELETE", "/conversations/{id}", "token", 404)]
    [InlineData("GET", "/nothing/here", null, 404)]
    [InlineData("GET", "/session/getsessionid", null, 200)]
    public async Task Answers_HaveTheirStatus_AndErrorsTheirBody(string method, string path, string? credential, int status)
    {
        var (conversation, token) = await _host.BeginAsync();
        var (got, body, headers) = await _host.SendAsync(
            new HttpMethod(method), Api + path.Replace("{id}", conversation, StringComparison.Ordinal), credential == "token" ? token : credential,
            method == "POST" ? "{}" : null, "https://anywhere.example");
        Assert.Equal(status, (int)got);
        Assert.Equal("https://anywhere.example", Assert.Single(headers.GetValues("Access-Control-Allow-Origin")));
        if (status >= 400)
        {
            Assert.NotEmpty(Code(body)!);
            Assert.NotEmpty(body.GetProperty("error").GetProperty("message").GetString()!);
        }
    }

    [Theory]
    [InlineData("not json", "BadSyntax")]
    [InlineData("[]", "BadSyntax")]
    [InlineData("{\"text\":\"no type\"}", "MissingProperty")]
    [InlineData("long text", "MessageSizeTooBig")]
    [InlineData("big activity", "MessageSizeTooBig")]
    [InlineData("huge body", "MessageSizeTooBig")]
    public async Task Post_OfABadActivity_Is400WithACode(string body, string code)
    {
        var (conversation, token) = await _host.BeginAsync();
        body = body switch
        {
            "long text" => $$"""{"type":"message","text":"{{new string('x', PostedActivity.MaxText + 1)}}"}""",
            "big activity" => $$"""{"type":"event","value":"{{new string('x', PostedActivity.MaxActivity)}}"}""",
            "huge body" => new string('x', 5 * PostedActivity.MaxActivity),
            _ => body,
        };
        var (status, answer, _) = await _host.SendAsync(HttpMethod.Post, $"{Api}/conversations/{conversation}/activities", token, body);
        Assert.Equal((HttpStatusCode.BadRequest, code), (status, Code(answer)));
    }

    [Fact]
    public async Task Preflight_AllowsWhatTheClientsAsk()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, $"{Api}/conversations/abc/activities");
        request.Headers.Add("Origin", "https://partner.example");
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,x-ms-bot-agent,x-requested-with");
        using var answer = await _host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("authorization, content-type, x-ms-bot-agent, x-requested-with", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Headers")));
        Assert.Equal("GET, POST, OPTIONS", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Methods")));
        Assert.Equal("true", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Credentials")));
    }

    [Fact]
    public async Task ATokenThatNamesItsSites_IsGoodOnlyThere()
    {
        var (conversation, _) = await _host.BeginAsync();
        var token = Tokens.Issue(conversation, TokenUse.Chat, null, ["https://partner.example"]);
        var path = $"{Api}/conversations/{conversation}/activities";
        Assert.Equal(HttpStatusCode.OK, (await _host.SendAsync(HttpMethod.Get, path, token, origin: "https://partner.example")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _host.SendAsync(HttpMethod.Get, path, token, origin: "https://evil.example")).Status);
    }

    [Fact]
    public async Task StreamAndResumeTokens_DoNotOpenTheApi()
    {
        var (conversation, _) = await _host.BeginAsync();
        foreach (var use in new[] { TokenUse.Stream, TokenUse.Resume })
        {
            var (status, _, _) = await _host.SendAsync(HttpMethod.Get, $"{Api}/conversations/{conversation}/activities", Tokens.Issue(conversation, use, null, []));
            Assert.Equal(HttpStatusCode.Forbidden, status);
        }
    }

    [Fact]
    public async Task Get_PagesByWatermark_FromTheStartToTheEnd()
    {
        var (conversation, token) = await _host.BeginAsync();
        for (var i = 0; i < 250; i++)
        {
            await _host.CommitAsync(conversation, ChatHost.Out($"n{i}"));
        }

        var texts = new List<string?>();
        var watermark = "";
        while (true)
        {
            var (_, set, _) = await _host.SendAsync(HttpMethod.Get, $"{Api}/conversations/{conversation}/activities?watermark={watermark}", token);
            watermark = set.GetProperty("watermark").GetString()!;
            if (set.GetProperty("activities").GetArrayLength() == 0)
            {
                break;
            }

            texts.AddRange(set.GetProperty("activities").EnumerateArray().Select(a => a.GetProperty("text").GetString()));
        }

        Assert.Equal(["Hello", .. Enumerable.Range(0, 250).Select(i => $"n{i}")], texts);
        Assert.Equal("251", watermark);
    }

    [Fact]
    public async Task Event_IsEchoedOnce_HoweverOftenItIsPosted()
    {
        var (conversation, token) = await _host.BeginAsync();
        var posted = new { type = "event", name = "webchat/join", value = new { language = "th" }, channelData = new { clientActivityID = "e1" } };
        var path = $"{Api}/conversations/{conversation}/activities";
        var first = await _host.SendAsync(HttpMethod.Post, path, token, posted);
        var second = await _host.SendAsync(HttpMethod.Post, path, token, posted);
        Assert.Equal($"{conversation}|0000002", first.Body.GetProperty("id").GetString());
        Assert.Equal($"{conversation}|0000002", second.Body.GetProperty("id").GetString());
        var (_, set, _) = await _host.SendAsync(HttpMethod.Get, $"{path}?watermark=1", token);
        var echo = Assert.Single(set.GetProperty("activities").EnumerateArray());
        Assert.Equal("webchat/join", echo.GetProperty("name").GetString());
        Assert.Equal("th", echo.GetProperty("value").GetProperty("language").GetString());
    }

    [Fact]
    public async Task WithTheStoreAway_PostsSay503_AndReadersSeeAnEmptySet()
    {
        var (conversation, token) = await _host.BeginAsync();
        _host.Store.Away = true;
        var path = $"{Api}/conversations/{conversation}/activities";
        var post = await _host.SendAsync(HttpMethod.Post, path, token, new { type = "message", text = "hi" }, "https://partner.example");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "ServiceError"), (post.Status, Code(post.Body)));
        Assert.True(post.Headers.Contains("Access-Control-Allow-Origin"));
        var get = await _host.SendAsync(HttpMethod.Get, $"{path}?watermark=1", token);
        Assert.Equal((HttpStatusCode.OK, "1"), (get.Status, get.Body.GetProperty("watermark").GetString()));
        Assert.Equal(0, get.Body.GetProperty("activities").GetArrayLength());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _host.SendAsync(HttpMethod.Post, $"{Api}/conversations", token, "{}")).Status);
    }

    [Fact]
    public async Task AnErasedConversation_IsNotFound()
    {
        var (conversation, token) = await _host.BeginAsync();
        await _host.Store.EraseAsync(_host.Log.AddressOf(conversation), CancellationToken.None);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.SendAsync(HttpMethod.Get, $"{Api}/conversations/{conversation}", token)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.SendAsync(HttpMethod.Get, $"{Api}/conversations/{conversation}/activities", token)).Status);
    }

    [Fact]
    public void TheChannel_IsRegistered_AndItsTextsAreRead() =>
        Assert.Equal(ChannelDelivery.Log, _host.Services.GetRequiredService<ChannelList>().Find("directline")!.Delivery);

    private DirectLineTokens Tokens => _host.Services.GetRequiredService<DirectLineTokens>();

    private static string? Code(JsonElement body) => body.GetProperty("error").GetProperty("code").GetString();
}
