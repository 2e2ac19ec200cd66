using Hotline.Conversations;
using Hotline.Server.Channels.Twilio;
using Hotline.Server.Tests.Channels.Twilio.Fake;
using Hotline.Server.Turns;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hotline.Server.Tests.Channels.Twilio;

public class TwilioLogTests
{
    private const string Words = "my boss keeps the passport";

    private static readonly OutboundPart Part = new(new EventId("0123456789abcdef0123456789abcdef-4-1"), 0, 1, new Urn("tel:" + TwilioHost.Person), "a reply to them");

    [Fact]
    public async Task Log_EverythingThatGoesWrong_CarriesNoWordsNoNumberAndNoToken()
    {
        await using var host = await TwilioHost.StartAsync();
        await Deliver(TwilioHost.Person, Words);
        await Deliver("not a number " + TwilioHost.Person, Words);
        await host.Channel.SendAsync(Part, default);
        foreach (var trouble in new FakeTrouble[] { new FakeTrouble.Refuse(400, 21211), new FakeTrouble.Refuse(401, 20003), new FakeTrouble.ServerError(true), new FakeTrouble.Drop(false) })
        {
            host.Fake.Troubles.Enqueue(trouble);
            await host.Channel.SendAsync(Part, default);
        }

        host.Fake.ListsFail = true;
        await host.Channel.SettleAsync(Part, DateTimeOffset.UtcNow, default);
        await host.Sweep.SweepAsync(host.Line, default);
        host.Store.Down = true;
        await Deliver(TwilioHost.Person, Words);
        (await host.Fake.ReportAsync(host.Fake.Sent[0], "sent")).Dispose();
        host.BreakSpool();
        await Deliver(TwilioHost.Person, Words);

        Assert.True(host.Log.OfRoom.Count >= 6, string.Join('\n', host.Log.OfRoom));
        foreach (var (level, category, line) in host.Log.All)
        {
            foreach (var secret in new[] { Words, Part.Text, TwilioHost.Person[1..], host.Fake.AuthToken })
            {
                Assert.DoesNotContain(secret, line, StringComparison.Ordinal);
                Assert.DoesNotContain(Uri.EscapeDataString(secret), line, StringComparison.Ordinal);
            }

            Assert.False(category.StartsWith("System.Net.Http", StringComparison.Ordinal), $"{level} {category}");
        }

        async Task Deliver(string from, string body)
        {
            using var answer = await host.Fake.DeliverAsync(host.Fake.Write(from, TwilioHost.Number, body), TwilioHost.Receive());
        }
    }

    [Fact]
    public async Task Watch_MoreThanFiveForgedInAMinute_IsSaidOnceAMinute()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await TwilioHost.StartAsync(time);
        var watch = host.Get<TwilioWatch>();
        for (var i = 0; i < 5; i++)
            watch.Forged("sms-th");
        Assert.Empty(host.Log.OfRoom);
        for (var i = 0; i < 20; i++)
            watch.Forged("sms-th");
        Assert.StartsWith("Error: 6 requests to sms-th", Assert.Single(host.Log.OfRoom), StringComparison.Ordinal);
        time.Advance(TimeSpan.FromSeconds(61));
        watch.Forged("sms-th");
        Assert.Single(host.Log.OfRoom);
    }

    [Fact]
    public async Task Watch_CredentialsRefused_IsAnAlarm()
    {
        await using var host = await TwilioHost.StartAsync(settings: new() { ["Twilio:Channels:0:AuthToken"] = "wrong" });
        await host.Channel.SendAsync(Part, default);
        await host.Channel.SendAsync(Part, default);
        Assert.Single(host.Log.OfRoom, l => l.StartsWith("Critical: sms-th: the provider refuses with 20003", StringComparison.Ordinal));
    }
}
