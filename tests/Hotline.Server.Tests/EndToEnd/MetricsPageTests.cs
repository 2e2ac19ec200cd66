using Microsoft.Playwright;
using Xunit;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>The page of plots in a browser, over a server that works.</summary>
public sealed class MetricsPageTests
{
    [SkippableFact]
    public async Task Plots_AreDrawn_WithATableEach_AndNothingFromOutside()
    {
        Skip.If(Browser.Executable is null && Environment.GetEnvironmentVariable("CI") != "true", "Chromium is not installed");
        await using var line = await SmsLine.StartAsync();
        await using var browser = await Browser.StartAsync();
        var errors = new List<string>();
        var asked = new List<string>();
        var page = await browser.OpenAsync(1280, errors);
        page.Request += (_, request) => asked.Add(request.Url);
        await StaffSignIn.FirstAsync(page, line.Server);
        for (var i = 0; i < 40; i++)
        {
            await line.WriteAsync($"+668000009{i:D2}", i % 9 == 0 ? "help they locked the door and beat me" : "hello");
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Metrics" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Metrics");
        var plots = page.Locator(".plot");
        await Assertions.Expect(plots).ToHaveCountAsync(8, new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Turn time \\(milliseconds\\), last hour") })).ToHaveCountAsync(1);
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = new("^Outbox lag .*sms ") })).ToHaveCountAsync(1, new() { Timeout = 40_000 });
        await Assertions.Expect(page.Locator(".plot polyline").First).ToBeAttachedAsync();

        // it stays true by itself: another sample comes without a reload
        var rows = plots.Nth(1).Locator("tbody tr");
        await plots.Nth(1).Locator("summary").ClickAsync();
        await Assertions.Expect(rows.First.Locator("td").Last).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9.]+$"));
        await Assertions.Expect(plots.Nth(0).Locator("polyline").First).ToHaveAttributeAsync("points", new System.Text.RegularExpressions.Regex(" .* "), new() { Timeout = 40_000 });
        await Browser.PictureAsync(page, "metrics");
        Assert.True(await Browser.FitsAsync(page, 320), "the plots fit 320 px");
        Assert.All(asked, url => Assert.True(url.StartsWith(line.Server.StaffUrl, StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal), url));
        Assert.Empty(errors);
    }
}
