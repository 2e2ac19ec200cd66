using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using Xunit.Abstractions;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>
/// The whole line in two browser windows: the person chooses Burmese, walks the job-offer dialog, writes of a kept
/// passport and a locked door; staff sign in for the first time, claim, answer, close; the bot is back.
/// </summary>
public sealed class ChatToDeskTests(ITestOutputHelper output)
{
    [SkippableFact]
    public async Task Chat_Danger_Claim_Reply_Close_BotIsBack()
    {
        Skip.If(Browser.Executable is null && Environment.GetEnvironmentVariable("CI") != "true", "Chromium is not installed");
        await using var server = new ServerProcess();
        await server.StartAsync();
        await using var browser = await Browser.StartAsync();
        var errors = new List<string>();

        var staff = await browser.OpenAsync(1280, errors);
        await StaffSignIn.FirstAsync(staff, server);

        var chat = await browser.OpenAsync(360, errors);
        await chat.GotoAsync(server.PublicUrl + "/");
        await chat.Locator("#languages button", new() { HasText = "မြန်မာ" }).ClickAsync();
        await Assertions.Expect(chat.Locator("html")).ToHaveAttributeAsync("lang", "my");
        await Assertions.Expect(chat.Locator("#log button").First).ToBeVisibleAsync();
        await Browser.PictureAsync(chat, "chat-menu");
        await AnswerAsync(chat, 1); // the menu: check a job offer
        await AnswerAsync(chat, 1);
        await AnswerAsync(chat, 2);

        var written = Stopwatch.StartNew();
        await WriteAsync(chat, "သူဌေးက ပတ်စပို့သိမ်းထားတယ် တံခါးပိတ်ထားတယ် ထွက်လို့မရဘူး");
        var row = staff.GetByTestId("queue-row");
        await Assertions.Expect(row).ToBeVisibleAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at-risk message to the row in the queue: {written.ElapsedMilliseconds} ms"));
        await Assertions.Expect(row).ToContainTextAsync(new Regex("R[01]"));
        await Browser.PictureAsync(staff, "queue");
        Assert.True(await Browser.FitsAsync(staff, 320), "the queue fits 320 px");
        await staff.SetViewportSizeAsync(1280, 800);

        await staff.GetByTestId("claim").ClickAsync();
        await Assertions.Expect(staff.GetByTestId("reply")).ToBeVisibleAsync();
        await Assertions.Expect(staff.Locator("mark").First).ToBeVisibleAsync();
        await Browser.PictureAsync(staff, "ticket");
        Assert.True(await Browser.FitsAsync(staff, 320), "the ticket fits 320 px");
        await staff.SetViewportSizeAsync(1280, 800);

        // the bot is silent now
        var botTexts = await chat.Locator("#log .bot").CountAsync();
        await WriteAsync(chat, "ဟုတ်");
        await Assertions.Expect(staff.GetByTestId("line-in").Last).ToContainTextAsync("ဟုတ်");
        Assert.Equal(botTexts, await chat.Locator("#log .bot").CountAsync());

        await staff.GetByTestId("reply").FillAsync("ကျွန်မ ဒီမှာရှိပါတယ်။");
        await staff.GetByTestId("send").ClickAsync();
        await Assertions.Expect(chat.Locator("#log .staff")).ToContainTextAsync("ကျွန်မ ဒီမှာရှိပါတယ်။");
        await Browser.PictureAsync(chat, "chat-answered");

        await staff.GetByTestId("level").SelectOptionAsync("R2");
        await staff.GetByTestId("close").ClickAsync();
        await Assertions.Expect(chat.Locator("#log .bot")).ToHaveCountAsync(botTexts + 1, new() { Timeout = 30_000 });
        await WriteAsync(chat, "menu");
        await Assertions.Expect(chat.Locator("#log button").First).ToBeVisibleAsync();
        await staff.GotoAsync(server.StaffUrl + "/");
        await Assertions.Expect(staff.GetByTestId("queue-row")).ToHaveCountAsync(0);
        Assert.True(await Browser.FitsAsync(chat, 320), "the chat fits 320 px");
        Assert.Empty(errors);
        await AssertNothingLeakedAsync(server);
    }

    [SkippableFact]
    public async Task Staff_StaleView_DroppedCircuit_AndAKilledServer_LoseNothing()
    {
        Skip.If(Browser.Executable is null && Environment.GetEnvironmentVariable("CI") != "true", "Chromium is not installed");
        await using var line = await SmsLine.StartAsync();
        await using var browser = await Browser.StartAsync();
        var errors = new List<string>();
        var staff = await browser.OpenAsync(1280, errors);
        await StaffSignIn.FirstAsync(staff, line.Server);
        const string person = "+66800000021";
        await line.WriteAsync(person, "help they locked the door and beat me");
        await staff.GetByTestId("claim").ClickAsync();
        var reply = staff.GetByTestId("reply");
        await reply.PressSequentiallyAsync("Can you");

        // a message while typing: the send is stopped, what was missed is shown, the text stays
        await line.WriteAsync(person, "he is coming");
        await Assertions.Expect(staff.GetByTestId("line-in")).ToHaveCountAsync(2);
        await staff.GetByTestId("send").ClickAsync();
        await Assertions.Expect(staff.GetByTestId("missed")).ToContainTextAsync("he is coming");
        await Assertions.Expect(reply).ToHaveValueAsync("Can you");
        Assert.DoesNotContain("Can you", line.TextsTo(person));

        // the server dies and comes back: the page reads itself again and the reply goes out once
        await staff.EvaluateAsync("window.before = true");
        await line.Server.KillAsync();
        await line.Server.StartAsync();
        await Eventually.BecomesTrueAsync("the page reads itself again", () => IsFreshAsync(staff));
        await Assertions.Expect(reply).ToBeVisibleAsync();
        await reply.FillAsync("Can you write?");
        await staff.GetByTestId("send").ClickAsync();
        await Eventually.BecomesTrueAsync("the reply of staff", () => Task.FromResult(line.TextsTo(person).Contains("Can you write?")));
        Assert.Single(line.TextsTo(person), "Can you write?");
    }

    /// <summary>Whether the page is another one than the one that was marked; <c>false</c> while it is on its way.</summary>
    private static async Task<bool> IsFreshAsync(IPage page)
    {
        try
        {
            return !await page.EvaluateAsync<bool>("window.before === true");
        }
        catch (PlaywrightException)
        {
            return false;
        }
    }

    /// <summary>Presses a numbered choice and waits for the next question.</summary>
    private static async Task AnswerAsync(IPage chat, int number)
    {
        var before = await chat.Locator("#log .bot").CountAsync();
        await chat.Locator("#log button").Nth(number - 1).ClickAsync();
        await Assertions.Expect(chat.Locator("#log .bot").Nth(before)).ToBeVisibleAsync();
        await Assertions.Expect(chat.Locator("#log button").First).ToBeVisibleAsync();
    }

    private static async Task WriteAsync(IPage chat, string text)
    {
        await chat.FillAsync("#text", text);
        await chat.ClickAsync("#send");
    }

    /// <summary>Nothing that was written, and no address, stands readable in a log or a file of the server.</summary>
    private static async Task AssertNothingLeakedAsync(ServerProcess server)
    {
        await server.StopAsync();
        string[] secrets = ["သူဌေးက", "ကျွန်မ ဒီမှာ", "counsellor@example.org-in-log"];
        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, server.Output, StringComparison.Ordinal);
            foreach (var file in Directory.EnumerateFiles(server.Data, "*", SearchOption.AllDirectories).Where(f => !f.Contains("/content/", StringComparison.Ordinal)))
            {
                Assert.False((await File.ReadAllTextAsync(file)).Contains(secret, StringComparison.Ordinal), $"{Path.GetFileName(file)} holds words");
            }
        }
    }
}
