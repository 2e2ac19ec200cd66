using Hotline.Server.Tests.Channels.Twilio.Fake;
using Hotline.Server.Tests.Storage.Redis;
using Xunit;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>
/// The same talk, once in peace and then with the process killed at each place where a crash could lose, double or
/// reorder something. What the person reads must be the same, text for text.
/// </summary>
public abstract class CrashTests
{
    private static readonly string[] Talk = ["hello", "1", "1", "2", "1", "2", "1"];

    [Fact]
    public async Task KilledAfterEachAnswer_ReadsAsInPeace()
    {
        await using var line = await StartAsync();
        var peace = await TalkInPeaceAsync(line, "+66800000001");
        const string person = "+66800000002";
        for (var i = 0; i < Talk.Length; i++)
        {
            // The turn is durable, and whatever of it has not left yet must leave after the restart.
            await line.WriteAsync(person, Talk[i]);
            await line.Server.KillAsync();
            await line.Server.StartAsync();
            await line.WaitForTextsAsync(person, peace.Take(i + 1).Sum(turn => turn.Count));
        }

        await AssertSameAsync(line, person, peace);
    }

    [Fact]
    public async Task KilledWhileTheWebhookRuns_ProviderTriesAgain_ReadsAsInPeace()
    {
        await using var line = await StartAsync();
        var peace = await TalkInPeaceAsync(line, "+66800000003");
        const string person = "+66800000004";
        for (var i = 0; i < Talk.Length; i++)
        {
            var message = line.Provider.Write(person, SmsLine.Number, Talk[i]);
            var first = line.Provider.DeliverAsync(message, SmsLine.Public + "/channels/twilio/sms/receive");
            await line.Server.KillAsync();
            await first.ContinueWith(_ => { }, TaskScheduler.Default);
            await line.Server.StartAsync();
            await line.DeliverAsync(message); // whether or not the first try was committed
            await line.WaitForTextsAsync(person, peace.Take(i + 1).Sum(turn => turn.Count));
        }

        await AssertSameAsync(line, person, peace);
    }

    [Fact]
    public async Task KilledWhileTheProviderHoldsAnAcceptedText_NothingIsSentTwice()
    {
        await using var line = await StartAsync();
        var peace = await TalkInPeaceAsync(line, "+66800000005");
        const string person = "+66800000006";
        for (var i = 0; i < 3; i++)
        {
            line.Provider.Troubles.Enqueue(new FakeTrouble.Hang(Accepted: true));
            var before = line.TextsTo(person).Count;
            await line.WriteAsync(person, Talk[i]);
            await line.WaitForTextsAsync(person, before + 1);
            await line.Server.KillAsync();
            await line.Server.StartAsync();
            await line.WaitForTextsAsync(person, peace.Take(i + 1).Sum(turn => turn.Count));
        }

        await AssertSameAsync(line, person, [.. peace.Take(3)]);
    }

    [Fact]
    public async Task WrittenWhileDown_ComesInByTheSweep_InOrder()
    {
        await using var line = await StartAsync();
        var peace = await TalkInPeaceAsync(line, "+66800000007");
        const string person = "+66800000008";
        await line.WriteAsync(person, Talk[0]);
        await line.WaitForTextsAsync(person, peace[0].Count);
        await line.Server.KillAsync();
        for (var i = 1; i < Talk.Length; i++)
        {
            line.Provider.Write(person, SmsLine.Number, Talk[i]);
        }

        await line.Server.StartAsync();
        await line.WaitForTextsAsync(person, peace.Sum(turn => turn.Count));
        await AssertSameAsync(line, person, peace);
    }

    private protected abstract Task<SmsLine> StartAsync();

    private static async Task<IReadOnlyList<IReadOnlyList<string>>> TalkInPeaceAsync(SmsLine line, string person)
    {
        var turns = new List<IReadOnlyList<string>>();
        foreach (var text in Talk)
        {
            var before = line.TextsTo(person).Count;
            await line.WriteAsync(person, text);
            await line.WaitForTextsAsync(person, before + 1);
            await QuietAsync(line);
            turns.Add([.. line.TextsTo(person).Skip(before)]);
        }

        return turns;
    }

    private static async Task AssertSameAsync(SmsLine line, string person, IReadOnlyList<IReadOnlyList<string>> peace)
    {
        await QuietAsync(line);
        Assert.Equal(peace.SelectMany(turn => turn), line.TextsTo(person));
    }

    private static Task QuietAsync(SmsLine line) => Eventually.BecomesTrueAsync("an empty outbox", async () => await line.OutboxCountAsync() == 0);
}

public sealed class SqliteCrashTests : CrashTests
{
    private protected override Task<SmsLine> StartAsync() => SmsLine.StartAsync();
}

public sealed class RedisCrashTests(SingleRedis redis) : CrashTests, IClassFixture<SingleRedis>
{
    private protected override async Task<SmsLine> StartAsync()
    {
        await redis.EmptyAsync();
        return await SmsLine.StartAsync(new Dictionary<string, string>
        {
            ["Conversations__Store"] = "redis",
            ["Conversations__Redis"] = redis.Connection,
        });
    }
}
