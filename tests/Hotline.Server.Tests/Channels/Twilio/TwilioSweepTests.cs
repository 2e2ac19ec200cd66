using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hotline.Server.Tests.Channels.Twilio;

public class TwilioSweepTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Sweep_MissedMessages_AreRunOldestFirstAndOnce()
    {
        await using var host = await TwilioHost.StartAsync(_time);
        host.Fake.LargestPage = 2;
        Assert.True(await host.Sweep.SweepAsync(host.Line, default));
        _time.Advance(TimeSpan.FromHours(3));
        var expected = new List<string?>();
        for (var i = 0; i < 5; i++)
        {
            var message = host.Fake.Write(TwilioHost.Person, TwilioHost.Number, $"message {i}", at: _time.GetUtcNow().AddMinutes(-170 + i));
            expected.Add(host.SeenKey(TwilioHost.Person, message.Sid));
        }

        host.Fake.Write(TwilioHost.Person, "+66299999999", "to another number");
        Assert.True(await host.Sweep.SweepAsync(host.Line, default));
        Assert.Equal(expected, host.Store.Asked);

        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await host.Sweep.SweepAsync(host.Line, default));
        Assert.Equal(5, host.Store.Asked.Count);
    }

    [Fact]
    public async Task Sweep_MessageThatAWebhookBrought_IsNotAskedForAgain()
    {
        await using var host = await TwilioHost.StartAsync(_time);
        using var answer = await host.Fake.DeliverAsync(host.Fake.Write(TwilioHost.Person, TwilioHost.Number, "hello"), TwilioHost.Receive());
        Assert.True(await host.Sweep.SweepAsync(host.Line, default));
        Assert.Single(host.Store.Asked);
    }

    [Fact]
    public async Task Sweep_ProviderOrStoreAway_LeavesTheMarkWhereItWas()
    {
        await using var host = await TwilioHost.StartAsync(_time);
        Assert.True(await host.Sweep.SweepAsync(host.Line, default));
        _time.Advance(TimeSpan.FromHours(1));
        host.Fake.Write(TwilioHost.Person, TwilioHost.Number, "while away", at: _time.GetUtcNow().AddMinutes(-30));
        host.Fake.ListsFail = true;
        Assert.False(await host.Sweep.SweepAsync(host.Line, default));
        host.Fake.ListsFail = false;
        host.Store.Down = true;
        Assert.False(await host.Sweep.SweepAsync(host.Line, default));
        host.Store.Down = false;
        Assert.True(await host.Sweep.SweepAsync(host.Line, default));
        Assert.Single(host.Store.Asked);
    }

    [Fact]
    public async Task Sweep_SpoolHasABacklog_WaitsBehindIt()
    {
        await using var host = await TwilioHost.StartAsync(_time);
        host.Store.Down = true;
        using var answer = await host.Fake.DeliverAsync(host.Fake.Write(TwilioHost.Person, TwilioHost.Number, "first"), TwilioHost.Receive());
        host.Store.Down = false;
        Assert.False(await host.Sweep.SweepAsync(host.Line, default));
        await host.Spool.DrainAsync((_, _) => Task.CompletedTask, default);
        Assert.True(await host.Sweep.SweepAsync(host.Line, default));
    }

    [Fact]
    public async Task Sweep_FirstOfANumber_DoesNotDigUpThePast()
    {
        await using var host = await TwilioHost.StartAsync(_time);
        host.Fake.Write(TwilioHost.Person, TwilioHost.Number, "last year", at: _time.GetUtcNow().AddDays(-300));
        Assert.True(await host.Sweep.SweepAsync(host.Line, default));
        Assert.Empty(host.Store.Asked);
    }
}
