using System.Text.RegularExpressions;
using Hotline.Server.Desk;
using Microsoft.Playwright;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>The first account of a new line, made and used in a browser.</summary>
internal static class StaffSignIn
{
    public const string Email = "counsellor@example.org";
    private const string Password = "correct horse battery staple";

    public static async Task FirstAsync(IPage page, ServerProcess server)
    {
        var link = await Eventually.GetAsync("the first sign-in link", () =>
            Task.FromResult(Regex.Match(server.Output, @"First sign-in: (\S+)") is { Success: true } m ? m.Groups[1].Value : null));
        await page.GotoAsync(link);
        var secret = Totp.ReadSecret(await page.GetByTestId("secret").InnerTextAsync())!; // the page shows base32
        await page.FillAsync("#email", Email);
        await page.FillAsync("#password", Password);
        await page.FillAsync("#digits", Totp.Code(secret, Totp.Step(DateTimeOffset.UtcNow)));
        await Browser.PictureAsync(page, "setup");
        await page.ClickAsync("button[type=submit]");
        await page.WaitForURLAsync("**/sign-in");

        // a code works once: sign in with the next one, which is accepted a step early
        await page.FillAsync("#email", Email);
        await page.FillAsync("#password", Password);
        await page.FillAsync("#digits", Totp.Code(secret, Totp.Step(DateTimeOffset.UtcNow) + 1));
        await Browser.PictureAsync(page, "sign-in");
        await page.ClickAsync("button[type=submit]");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Queue");
    }
}
