using System.Diagnostics;
using Hotline.Server.Tests.Storage.Redis;
using Xunit;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>A server whose Redis is away or ill: messages are answered, kept, and run when it is back.</summary>
public sealed class RedisAwayTests
{
    private const string Person = "+66800000001";

    [Fact]
    public async Task Frozen_WebhooksAreAnsweredAndSpooled_AndRunInOrderAfterwards()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var line = await StartAsync(redis.Connection);
        await line.WriteAsync(Person, "hello");
        await line.WaitForTextsAsync(Person, 1);
        await redis.FreezeAsync();
        var waited = Stopwatch.StartNew();
        foreach (var text in new[] { "1", "1", "2" })
        {
            await line.WriteAsync(Person, text); // returns when it was answered with 200
        }

        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(10), $"answered after {waited.Elapsed}");
        Assert.Equal(3, Directory.GetFiles(Path.Combine(line.Server.Data, "spool"), "*.msg").Length);
        await redis.ContinueAsync();
        await Eventually.BecomesTrueAsync(
            "an empty spool", () => Task.FromResult(Directory.GetFiles(Path.Combine(line.Server.Data, "spool"), "*.msg").Length == 0));
        await Eventually.BecomesTrueAsync("an empty outbox", async () => await line.OutboxCountAsync() == 0);
        var texts = line.TextsTo(Person);

        const string other = "+66800000002";
        foreach (var text in new[] { "hello", "1", "1", "2" })
        {
            var before = line.TextsTo(other).Count;
            await line.WriteAsync(other, text);
            await line.WaitForTextsAsync(other, before + 1);
            await Eventually.BecomesTrueAsync("an empty outbox", async () => await line.OutboxCountAsync() == 0);
        }

        Assert.Equal(line.TextsTo(other), texts.Where(t => t != "We have your message."));
    }

    [Fact]
    public async Task WrongPassword_TheServerRuns_SaysWhatToMend_KeepsTheMessage_AndRunsItWithTheRightOne()
    {
        await using var redis = await RedisServer.StartAsync(["-a", "right"], "--requirepass", "right");
        await using var line = await StartAsync(redis.Connection + ",password=wrong");
        await line.WriteAsync(Person, "hello");
        Assert.Empty(line.TextsTo(Person));
        using (var http = new HttpClient())
        {
            Assert.Contains("degraded", await http.GetStringAsync(line.Server.PublicUrl + "/health/ready"), StringComparison.Ordinal);
        }

        Assert.Contains("password= in Conversations:Redis", line.Server.Output, StringComparison.Ordinal);
        await line.Server.KillAsync();
        line.Server.Set("Conversations__Redis", redis.Connection + ",password=right");
        await line.Server.StartAsync();
        await line.WaitForTextsAsync(Person, 1);
    }

    [Fact]
    public async Task ARecordOfANewerServer_ItsMessageWaits_OthersGoOn_AndItRunsWhenItCanBeRead()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var line = await StartAsync(redis.Connection);
        await line.WriteAsync(Person, "hello");
        await line.WaitForTextsAsync(Person, 1);
        await Eventually.BecomesTrueAsync("an empty outbox", async () => await line.OutboxCountAsync() == 0);
        var before = line.TextsTo(Person).Count;
        await redis.AskAsync("EVAL", "return redis.call('SETRANGE', redis.call('KEYS', 'hl:*:c:*')[1], 0, '\\2')", "0");
        await line.WriteAsync(Person, "1");
        await line.WriteAsync("+66800000002", "hello");
        await line.WaitForTextsAsync("+66800000002", 1);
        Assert.Equal(before, line.TextsTo(Person).Count);
        Assert.Contains("Upgrade this copy", line.Server.Output, StringComparison.Ordinal);
        await redis.AskAsync("EVAL", "for _, k in ipairs(redis.call('KEYS', 'hl:*:c:*')) do redis.call('SETRANGE', k, 0, '\\1') end", "0");
        await line.WaitForTextsAsync(Person, before + 1);
    }

    private static Task<SmsLine> StartAsync(string connection) => SmsLine.StartAsync(new Dictionary<string, string>
    {
        ["Conversations__Store"] = "redis",
        ["Conversations__Redis"] = connection,
    });
}
