using System.Text.Json.Nodes;
using Hotline.Server.Hosting;
using Hotline.Server.Tests.EndToEnd;
using Hotline.Server.Tests.Storage.Redis;
using Xunit;

namespace Hotline.Server.Tests.Upkeep;

/// <summary><c>doctor</c> as a process, beside a running server and on folders that are not well.</summary>
public sealed class DoctorTests
{
    private const string Webhook = SmsLine.Public + "/channels/twilio/sms/receive";

    [Fact]
    public async Task AWellLine_FailsNothing_AndTheServerRunsOn()
    {
        await using var line = await SmsLine.StartAsync();
        line.Provider.Numbers[SmsLine.Number] = Number(Webhook + "#rc=3&rp=all", "https://other.example.net/sorry.xml");
        await line.WriteAsync("+66800000701", "hello");
        await line.WaitForTextsAsync("+66800000701", 1);
        using var folder = new TemporaryFolder();
        await line.Server.CommandAsync("backup", folder.Under("day"));
        var (code, said) = await line.Server.CommandAsync("doctor");
        Assert.True(code == 0, said);
        foreach (var well in (string[])[
            "OK    text: ICU", "OK    disk: fsync", "OK    space: ", "OK    pepper: ", "OK    ring: 1 master keys", "OK    keys: ", "OK    back-up: ", "OK    spool: empty",
            "OK    content: version ", "OK    channel sms: the provider accepts", "OK    channel sms clock: ", "OK    channel sms: the webhook is ours", ", 0 failed"])
        {
            Assert.Contains(well, said, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(SmsLine.Number, said, StringComparison.Ordinal);
        Assert.True(line.Server.IsRunning);
    }

    [Fact]
    public async Task WhatIsWrongAtTheProvider_IsNamedWithItsMend()
    {
        await using var line = await SmsLine.StartAsync();
        var (code, said) = await line.Server.CommandAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("FAIL  channel sms: the account does not own this number", said, StringComparison.Ordinal);
        Assert.Contains("WARN  back-up: there has never been one", said, StringComparison.Ordinal);

        line.Provider.Numbers[SmsLine.Number] = Number("https://old.example.org/sms", "");
        (code, said) = await line.Server.CommandAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("FAIL  channel sms: the number's webhook at the provider is another one", said, StringComparison.Ordinal);
        Assert.Contains($"mend: set it to POST {Webhook}#rc=3&rp=all", said, StringComparison.Ordinal);
        Assert.Contains("WARN  channel sms: there is no fallback address", said, StringComparison.Ordinal);

        line.Provider.Numbers[SmsLine.Number] = Number(Webhook, SmsLine.Public + "/sorry");
        (code, said) = await line.Server.CommandAsync("doctor");
        Assert.Equal(0, code);
        Assert.Contains("WARN  channel sms: the provider does not try again", said, StringComparison.Ordinal);
        Assert.Contains("WARN  channel sms: the fallback address is on the same host", said, StringComparison.Ordinal);

        line.Server.Set("Twilio__Channels__0__AuthToken", "another");
        (code, said) = await line.Server.CommandAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("FAIL  channel sms: the provider refuses the credentials", said, StringComparison.Ordinal);

        line.Server.Set("Twilio__Channels__0__ApiUrl", $"http://127.0.0.1:{ServerProcess.FreePort()}");
        line.Server.Set("Twilio__Channels__0__PublicUrl", "http://localhost");
        (code, said) = await line.Server.CommandAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("FAIL  channel sms: the provider cannot be reached", said, StringComparison.Ordinal);
        Assert.Contains("FAIL  channel sms: PublicUrl is an address that Twilio cannot reach", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsWrongHere_IsNamedWithItsMend_AndNothingIsMade()
    {
        using var content = new TemporaryFolder();
        Directory.CreateDirectory(content.Under("dialogs"));
        await File.WriteAllTextAsync(content.Under("dialogs/hotline.yaml"), "service: [");
        await using var server = new ServerProcess();
        server.Set("Content__Path", content.Under(""));
        server.Set("Listen__Staff", "http://0.0.0.0:5999");
        var (code, said) = await server.CommandAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("FAIL  content: ", said, StringComparison.Ordinal);
        Assert.Contains("mend: ./hotline check", said, StringComparison.Ordinal);
        Assert.Contains("OK    data: the data folder is new", said, StringComparison.Ordinal);
        Assert.Contains("WARN  doors: Listen:Staff is open to the network without TLS", said, StringComparison.Ordinal);
        Assert.Contains("WARN  channels: no number is configured", said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(server.Data));

        await File.WriteAllTextAsync(Path.Combine(server.Data, "conversations.db"), "");
        await File.WriteAllTextAsync(Path.Combine(server.Data, DataOptions.UnfinishedRestore), "");
        (code, said) = await server.CommandAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("FAIL  keys: keys.db is missing", said, StringComparison.Ordinal);
        Assert.Contains("FAIL  data: a restore into this folder was cut off", said, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(server.Data, "keys.db")));

        server.Set("Listen__DrainSeconds", "99");
        Assert.Equal(2, (await server.CommandAsync("doctor")).Code);
    }

    [SkippableFact]
    public async Task Redis_IsLookedAt_AndWhatIsWrongWithItIsNamed()
    {
        Skip.If(!File.Exists("/usr/bin/redis-server") && Environment.GetEnvironmentVariable("CI") != "true", "redis-server is not installed");
        await using var redis = await RedisServer.StartAsync();
        await using var server = new ServerProcess(new Dictionary<string, string> { ["Conversations__Store"] = "redis", ["Conversations__Redis"] = redis.Connection });
        var (code, said) = await server.CommandAsync("doctor");
        Assert.True(code == 0, said);
        Assert.Contains("OK    redis: 1 servers answer", said, StringComparison.Ordinal);
        Assert.Contains("OK    redis: the append-only file is on the disk before", said, StringComparison.Ordinal);
        Assert.Contains("OK    redis clock: ", said, StringComparison.Ordinal);
        Assert.Contains("WARN  redis: a server has no replica", said, StringComparison.Ordinal);

        await redis.AskAsync("CONFIG", "SET", "appendfsync", "no");
        Assert.Contains("WARN  redis: appendfsync is no", (await server.CommandAsync("doctor")).Output, StringComparison.Ordinal);
        await redis.AskAsync("CONFIG", "SET", "appendonly", "no");
        (code, said) = await server.CommandAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("FAIL  redis: there is no append-only file", said, StringComparison.Ordinal);
        await redis.AskAsync("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        (code, said) = await server.CommandAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("maxmemory-policy allkeys-lru", said, StringComparison.Ordinal);
        await redis.KillAsync();
        (code, said) = await server.CommandAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("FAIL  redis: ", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "Ok")]
    [InlineData(-12, "Warn")]
    [InlineData(3600, "Fail")]
    public void Clock_IsGradedByItsSkew(int seconds, string grade) =>
        Assert.Equal(grade, Finding.OfClock("x", TimeSpan.FromSeconds(seconds)).Grade.ToString());

    private static JsonObject Number(string webhook, string fallback) =>
        new() { ["sms_url"] = webhook, ["sms_method"] = "POST", ["sms_fallback_url"] = fallback };
}
