using Microsoft.Playwright;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>Debian's Chromium, headless, without any of its own traffic.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static string? Executable => new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser" }.FirstOrDefault(File.Exists);

    public static async Task<Browser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Headless = true,
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync",
            ],
        }));
    }

    /// <summary>A window of its own, with its own cookies. A failed page error fails the test by <paramref name="errors"/>.</summary>
    public async Task<IPage> OpenAsync(int width, List<string> errors)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 800 }, Locale = "en-US" });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(30_000);
        page.PageError += (_, error) => errors.Add(error);
        return page;
    }

    /// <summary>Keeps a picture for whoever looks at it, when <c>HOTLINE_PICTURES</c> names a folder.</summary>
    public static async Task PictureAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("HOTLINE_PICTURES") is { Length: > 0 } folder)
        {
            var before = page.ViewportSize!; // set by OpenAsync
            foreach (var width in (int[])[360, 1280])
            {
                await page.SetViewportSizeAsync(width, 800);
                await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}.png"), FullPage = true });
            }

            await page.SetViewportSizeAsync(before.Width, before.Height);
        }
    }

    /// <summary>Nothing may stand wider than the window, down to 320 px.</summary>
    public static async Task<bool> FitsAsync(IPage page, int width)
    {
        await page.SetViewportSizeAsync(width, 700);
        return await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
