using Hotline.Server.Tests.EndToEnd;
using Microsoft.Playwright;
using Xunit;

namespace Hotline.Server.Tests.Channels.WebChat;

/// <summary>The page in a real browser against the built server.</summary>
public sealed class WebChatBrowserTests : IAsyncLifetime
{
    private readonly ServerProcess _server = new();
    private ChatBrowser _browser = null!; // set before the first test

    public async Task InitializeAsync()
    {
        // Any page of loopback serves as the neutral site.
        _server.Set("WebChat__QuickExitUrl", $"{_server.PublicUrl}/health/live");
        await _server.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        await _server.DisposeAsync();
    }

    [SkippableTheory]
    [InlineData(320, "my", "မြန်မာ")]
    [InlineData(360, "th", "ไทย")]
    [InlineData(1280, "zh-Hans", "中文")]
    public async Task ALanguageButton_BeginsTheChat_AndNothingIsTooWide(int width, string tag, string name)
    {
        var page = await OpenAsync(width);
        Assert.Equal(8, await page.Locator("#languages button").CountAsync());
        Assert.Equal(tag, await page.GetByRole(AriaRole.Button, new() { Name = name }).GetAttributeAsync("lang"));
        await page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await page.Locator(".bot").First.WaitForAsync();
        Assert.Equal(tag, await page.Locator("html").GetAttributeAsync("lang"));
        Assert.Equal(tag, await page.Locator(".me > p").First.GetAttributeAsync("lang"));
        Assert.NotNull(await page.Locator(".bot > p").First.GetAttributeAsync("lang"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Equal("", await page.EvaluateAsync<string>("document.cookie"));
    }

    [SkippableTheory]
    [InlineData(null)]
    [InlineData("delete window.WebSocket")]
    [InlineData("window.WebSocket = function () { setTimeout(() => this.onerror(), 10); this.close = () => {}; }")]
    public async Task AChoice_IsAnswered_WithAndWithoutWebSockets(string? before)
    {
        var page = await OpenAsync(360, before);
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        var choice = page.Locator(".pick button").First;
        await choice.WaitForAsync();
        var bots = await page.Locator(".bot").CountAsync();
        var old = await choice.InnerTextAsync();
        await choice.ClickAsync();
        await page.Locator(".bot").Nth(bots).WaitForAsync();
        Assert.Equal(0, await page.Locator(".me small").CountAsync());
        Assert.DoesNotContain(old, await page.Locator(".pick button").AllInnerTextsAsync());
    }

    [SkippableFact]
    public async Task AReload_BringsTheChatBack()
    {
        var page = await OpenAsync(360);
        await WriteAsync(page, "hello");
        await page.Locator(".bot").First.WaitForAsync();
        await page.ReloadAsync();
        await page.GetByText("hello", new() { Exact = true }).WaitForAsync();
        await WriteAsync(page, "again");
        await Eventually.BecomesTrueAsync("sent", async () => await page.Locator(".me").CountAsync() == 2 && await page.Locator(".me small").CountAsync() == 0);
    }

    [SkippableFact]
    public async Task WithTheServerGone_ThePageSaysNotSent_AndSendsOnceItIsBack()
    {
        var page = await OpenAsync(360);
        await WriteAsync(page, "one");
        await page.Locator(".bot").First.WaitForAsync();
        await _server.KillAsync();
        await WriteAsync(page, "two");
        await page.GetByText("Not sent").WaitForAsync();
        await _server.StartAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Eventually.BecomesTrueAsync("sent", async () => await page.Locator(".me small").CountAsync() == 0);
        await page.ReloadAsync();
        await page.GetByText("two", new() { Exact = true }).WaitForAsync();
        Assert.Equal(["one", "two"], await page.Locator(".me > p").AllInnerTextsAsync());
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task QuickExit_LeavesNothing_AlsoNotBehindTheBackButton(bool byKeys)
    {
        var page = await OpenAsync(1280);
        await WriteAsync(page, "a secret sentence");
        await page.Locator(".bot").First.WaitForAsync();
        if (byKeys)
        {
            for (var i = 0; i < 3; i++)
            {
                await page.Keyboard.PressAsync("Shift");
            }
        }
        else
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Leave now" }).ClickAsync();
        }

        await page.WaitForURLAsync($"{_server.PublicUrl}/health/live");
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length + localStorage.length"));
        await page.GoBackAsync();
        Assert.DoesNotContain("secret", await page.ContentAsync(), StringComparison.Ordinal);
        await page.GotoAsync(_server.PublicUrl);
        await page.Locator("#languages").WaitForAsync();
        Assert.Equal(0, await page.Locator(".m").CountAsync());
    }

    [SkippableFact]
    public async Task TypingCapitals_IsNoQuickExit()
    {
        var page = await OpenAsync(1280);
        await page.Locator("#text").ClickAsync();
        foreach (var key in new[] { "Shift+A", "Shift+B", "Shift+C", "Shift+D" })
        {
            await page.Keyboard.PressAsync(key);
        }

        Assert.Equal("ABCD", await page.Locator("#text").InputValueAsync());
    }

    private static async Task WriteAsync(IPage page, string text)
    {
        await page.Locator("#text").FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    private async Task<IPage> OpenAsync(int width, string? before = null)
    {
        _browser ??= await ChatBrowser.StartAsync();
        var page = await _browser.OpenAsync(width, 720, before);
        await page.GotoAsync(_server.PublicUrl);
        return page;
    }
}
