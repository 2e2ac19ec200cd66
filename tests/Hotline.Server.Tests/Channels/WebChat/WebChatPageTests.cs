using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using Hotline.Localization;
using Hotline.Server.Channels.WebChat;
using Hotline.Server.Tests.Channels.DirectLine;
using Xunit;

namespace Hotline.Server.Tests.Channels.WebChat;

public sealed class WebChatPageTests : IAsyncLifetime
{
    private ChatHost _host = null!; // set before the first test

    public async Task InitializeAsync() => _host = await ChatHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public void ThePage_IsLight() => Assert.InRange(new WebChatPage(new()).ZippedSize, 1000, 12 * 1024);

    [Fact]
    public async Task ThePage_SetsNoCookie_KeepsNoCopy_AndRunsOnlyItself()
    {
        using var answer = await _host.Http.GetAsync("/");
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        var page = await answer.Content.ReadAsStringAsync();
        foreach (var tag in new[] { "style", "script" })
        {
            var inside = Regex.Match(page, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline).Groups[1].Value;
            Assert.Contains(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(inside))), policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ThePage_AsksNoOtherHost()
    {
        var document = new HtmlParser().ParseDocument(await _host.Http.GetStringAsync(new Uri("/", UriKind.Relative)));
        Assert.Empty(document.QuerySelectorAll("[src], iframe, img, link:not([href='data:,'])"));
        Assert.Equal("Chat", document.Title);
    }

    [Fact]
    public async Task TheTexts_AreThereInEveryLanguage()
    {
        var document = new HtmlParser().ParseDocument(await _host.Http.GetStringAsync(new Uri("/", UriKind.Relative)));
        using var data = JsonDocument.Parse(document.QuerySelector("#data")!.TextContent);
        var texts = data.RootElement.GetProperty("texts");
        Assert.Equal(LanguageTag.All.Select(l => l.Value), texts.EnumerateObject().Select(l => l.Name));
        var names = texts.GetProperty("en").EnumerateObject().Select(t => t.Name).ToList();
        Assert.All(texts.EnumerateObject(), language =>
        {
            Assert.Equal(names, language.Value.EnumerateObject().Select(t => t.Name));
            Assert.All(language.Value.EnumerateObject(), t => Assert.True(t.Value.GetString()!.IsNormalized() && t.Value.GetString()!.Length > 0));
        });
    }
}
