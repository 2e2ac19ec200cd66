using System.Net;
using System.Text.Json;
using Hotline.Server.Channels.DirectLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hotline.Server.Tests.Channels.DirectLine;

/// <summary>The key that brings a slept phone back.</summary>
public sealed class ResumeTests : IAsyncLifetime
{
    private const string Nonce = "0123456789abcdef";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private ChatHost _host = null!; // set before the first test

    public async Task InitializeAsync() => _host = await ChatHost.StartAsync(_clock);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task AKey_BringsBackTheConversation_WithAFreshToken_AndTheNextKey()
    {
        var (conversation, _) = await _host.BeginAsync();
        _clock.Advance(TimeSpan.FromHours(23));
        var (status, body, _) = await ResumeAsync(Key(conversation), Nonce);
        Assert.Equal((HttpStatusCode.OK, conversation), (status, body.GetProperty("conversationId").GetString()));
        var (_, set, _) = await _host.SendAsync(
            HttpMethod.Get, $"/v3/directline/conversations/{conversation}/activities", body.GetProperty("token").GetString());
        Assert.Equal("Hello", Assert.Single(set.GetProperty("activities").EnumerateArray()).GetProperty("text").GetString());
        Assert.Equal(HttpStatusCode.OK, (await ResumeAsync(body.GetProperty("key").GetString()!, Nonce)).Status);
    }

    [Fact]
    public async Task AKey_WorksOnce_ButTheSameCallMayBeRepeated()
    {
        var (conversation, _) = await _host.BeginAsync();
        var key = Key(conversation);
        Assert.Equal(HttpStatusCode.OK, (await ResumeAsync(key, Nonce)).Status);
        Assert.Equal(HttpStatusCode.OK, (await ResumeAsync(key, Nonce)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ResumeAsync(key, "another-nonce-of-a-thief")).Status);
    }

    [Fact]
    public async Task AKeyThatIsOldOrForgedOrNone_IsRefused()
    {
        var (conversation, token) = await _host.BeginAsync();
        var key = Key(conversation);
        Assert.Equal(HttpStatusCode.Forbidden, (await ResumeAsync(token, Nonce)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ResumeAsync("x.y.z", Nonce)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await ResumeAsync(key, "short")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ResumeAsync(Key("neverbegun"), Nonce)).Status);
        _clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(HttpStatusCode.Forbidden, (await ResumeAsync(key, Nonce)).Status);
    }

    [Fact]
    public async Task OtherSites_MayNotAsk()
    {
        var (conversation, _) = await _host.BeginAsync();
        var body = new { key = Key(conversation), nonce = Nonce };
        Assert.Equal(HttpStatusCode.Forbidden, (await _host.SendAsync(HttpMethod.Post, "/chat/session", body: body, origin: "https://partner.example")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _host.SendAsync(HttpMethod.Post, "/chat/session", body: body, origin: _host.Url)).Status);
    }

    private string Key(string conversation) => _host.Services.GetRequiredService<ChatGrants>().ResumeKey(conversation, null);

    private Task<(HttpStatusCode Status, JsonElement Body, System.Net.Http.Headers.HttpResponseHeaders Headers)> ResumeAsync(string key, string nonce) =>
        _host.SendAsync(HttpMethod.Post, "/chat/session", body: new { key, nonce });
}
