using Hotline.Server.Tests.EndToEnd;
using Microsoft.Playwright;
using Xunit;

namespace Hotline.Server.Tests.Channels.WebChat;

/// <summary>The Chromium of the system, without a screen and without calls of its own to the network.</summary>
internal sealed class ChatBrowser : IAsyncDisposable
{
    private const string Executable = "/usr/bin/chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private ChatBrowser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<ChatBrowser> StartAsync()
    {
        if (!File.Exists(Executable) && Environment.GetEnvironmentVariable("CI") is not "true")
        {
            Skip.If(true, "chromium is not installed");
        }

        Assert.True(File.Exists(Executable), "chromium is wanted under CI");
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
        }));
    }

    /// <summary>A page of a fresh profile.</summary>
    public async Task<IPage> OpenAsync(int width, int height, string? before = null)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = "en" });
        if (before is not null)
        {
            await context.AddInitScriptAsync(before);
        }

        var page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)Eventually.Limit.TotalMilliseconds);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
