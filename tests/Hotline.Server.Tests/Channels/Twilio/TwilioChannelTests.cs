using Hotline.Conversations;
using Hotline.Server.Channels.Twilio;
using Hotline.Server.Tests.Channels.Twilio.Fake;
using Hotline.Server.Turns;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hotline.Server.Tests.Channels.Twilio;

public class TwilioChannelTests
{
    private static readonly OutboundPart Part = new(new EventId("0123456789abcdef0123456789abcdef-4-1"), 0, 1, new Urn("tel:" + TwilioHost.Person), "Hello + \"you\" & ကူညီ 🆘");

    [Fact]
    public async Task Send_Accepted_IsSentWithEverythingThatTheProviderWants()
    {
        await using var host = await TwilioHost.StartAsync();
        var sent = Assert.IsType<SendOutcome.Sent>(await host.Channel.SendAsync(Part, default));
        var message = Assert.Single(host.Fake.Sent);
        Assert.Equal((sent.ProviderId, TwilioHost.Person, TwilioHost.Number, Part.Text), (message.Sid, message.To, message.From, message.Body));
        Assert.Equal($"{TwilioHost.PublicUrl}/channels/twilio/sms-th/status?part={Part.PartId}", message.StatusCallback);
    }

    [Theory]
    [InlineData("tel:+66812345678", "+66812345678")]
    [InlineData("sms:4545", "4545")]
    [InlineData("whatsapp:+66812345678", "whatsapp:+66812345678")]
    public async Task Send_EveryKindOfAddress_GoesWhereItCameFrom(string urn, string to)
    {
        await using var host = await TwilioHost.StartAsync();
        await host.Channel.SendAsync(Part with { To = new Urn(urn) }, default);
        Assert.Equal(to, Assert.Single(host.Fake.Sent).To);
    }

    [Fact]
    public async Task Send_ThroughAService_NamesItAndKeepsTheText()
    {
        await using var host = await TwilioHost.StartAsync(settings: new() { ["Twilio:Channels:0:From"] = "", ["Twilio:Channels:0:MessagingServiceSid"] = "MG01" });
        Assert.IsType<SendOutcome.Sent>(await host.Channel.SendAsync(Part, default));
        var request = Assert.Single(host.Fake.Requests);
        Assert.Equal(("MG01", null, "false"), (request["MessagingServiceSid"], request["From"], request["SmartEncoded"]));
    }

    [Fact]
    public async Task Send_OptedOut_SaysSo()
    {
        await using var host = await TwilioHost.StartAsync();
        host.Fake.OptedOut[TwilioHost.Person] = true;
        Assert.IsType<SendOutcome.OptedOut>(await host.Channel.SendAsync(Part, default));
    }

    [Fact]
    public async Task Send_WrongToken_IsRejectedFor20003()
    {
        await using var host = await TwilioHost.StartAsync(settings: new() { ["Twilio:Channels:0:AuthToken"] = "wrong" });
        Assert.Equal(20003, Assert.IsType<SendOutcome.Rejected>(await host.Channel.SendAsync(Part, default)).Code);
        Assert.IsType<SettleOutcome.NotKnown>(await host.Channel.SettleAsync(Part, DateTimeOffset.UtcNow, default));
    }

    [Fact]
    public async Task Send_TooMany_IsRetriedWhenTheProviderSays()
    {
        await using var host = await TwilioHost.StartAsync();
        host.Fake.Troubles.Enqueue(new FakeTrouble.Refuse(429, 20429, 7));
        Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<SendOutcome.Retry>(await host.Channel.SendAsync(Part, default)).After);
        Assert.Empty(host.Fake.Sent);
    }

    [Fact]
    public async Task Send_NobodyListens_IsRetriedBecauseNothingWentOut()
    {
        await using var host = await TwilioHost.StartAsync(settings: new() { ["Twilio:Channels:0:ApiUrl"] = "http://127.0.0.1:9" });
        Assert.IsType<SendOutcome.Retry>(await host.Channel.SendAsync(Part, default));
    }

    [Theory]
    [InlineData("error", false)]
    [InlineData("error", true)]
    [InlineData("drop", false)]
    [InlineData("drop", true)]
    [InlineData("hang", true)]
    public async Task Send_BodyWentOutAndNoClearAnswerCame_IsUnknownAndCanBeSettled(string kind, bool accepted)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await TwilioHost.StartAsync(time);
        host.Fake.Troubles.Enqueue(kind switch
        {
            "error" => new FakeTrouble.ServerError(accepted),
            "drop" => new FakeTrouble.Drop(accepted),
            _ => new FakeTrouble.Hang(accepted),
        });
        var attempted = time.GetUtcNow();
        var sending = host.Channel.SendAsync(Part, default);
        if (kind == "hang")
        {
            await host.Fake.WaitForSentAsync(sent => sent.Count == 1, TimeSpan.FromSeconds(10));
            time.Advance(TwilioApi.RequestLimit);
        }

        Assert.IsType<SendOutcome.Unknown>(await sending);
        var settled = await host.Channel.SettleAsync(Part, attempted, default);
        if (accepted)
            Assert.Equal(host.Fake.Sent.Single().Sid, Assert.IsType<SettleOutcome.Found>(settled).ProviderId);
        else
            Assert.IsType<SettleOutcome.Absent>(settled);
    }

    [Fact]
    public async Task Settle_SameWordsOfAnotherPart_AreNotTakenForThis()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await TwilioHost.StartAsync(time);
        await host.Channel.SendAsync(Part with { Text = "other words" }, default);
        await host.Channel.SendAsync(Part with { To = new Urn("tel:+66899999999") }, default);
        host.Fake.Write(TwilioHost.Person, TwilioHost.Number, Part.Text);
        var old = Assert.IsType<SendOutcome.Sent>(await host.Channel.SendAsync(Part, default));
        Assert.IsType<SettleOutcome.Absent>(await host.Channel.SettleAsync(Part, time.GetUtcNow().AddMinutes(5), default));

        await host.Store.RecordSentAsync(new EventId("another"), 0, "sms-th", old.ProviderId, time.GetUtcNow(), default);
        Assert.IsType<SettleOutcome.Absent>(await host.Channel.SettleAsync(Part, time.GetUtcNow(), default));

        var twin = Assert.IsType<SendOutcome.Sent>(await host.Channel.SendAsync(Part, default));
        Assert.Equal(twin.ProviderId, Assert.IsType<SettleOutcome.Found>(await host.Channel.SettleAsync(Part, time.GetUtcNow(), default)).ProviderId);
    }

    [Fact]
    public async Task Settle_ManyMessages_IsFoundOnALaterPage()
    {
        await using var host = await TwilioHost.StartAsync();
        host.Fake.LargestPage = 2;
        var attempted = DateTimeOffset.UtcNow;
        var sent = Assert.IsType<SendOutcome.Sent>(await host.Channel.SendAsync(Part, default));
        for (var i = 0; i < 5; i++)
            await host.Channel.SendAsync(Part with { Text = $"later {i}" }, default);
        Assert.Equal(sent.ProviderId, Assert.IsType<SettleOutcome.Found>(await host.Channel.SettleAsync(Part, attempted, default)).ProviderId);

        host.Fake.ListsFail = true;
        Assert.IsType<SettleOutcome.NotKnown>(await host.Channel.SettleAsync(Part, attempted, default));
    }

    [Fact]
    public async Task Send_DayIsFull_StopsOnlyWhatMayBeCapped()
    {
        await using var host = await TwilioHost.StartAsync(settings: new() { ["Twilio:Channels:0:DailySegments"] = "1" });
        Assert.IsType<SendOutcome.Sent>(await host.Channel.SendAsync(Part with { MayBeCapped = true }, default));
        Assert.Equal(TwilioErrors.DailySegmentsUsed, Assert.IsType<SendOutcome.Rejected>(await host.Channel.SendAsync(Part with { MayBeCapped = true }, default)).Code);
        Assert.IsType<SendOutcome.Sent>(await host.Channel.SendAsync(Part, default));
    }

    [Fact]
    public async Task Send_OverThePace_WaitsOrAsksForLater()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await TwilioHost.StartAsync(time, new() { ["Twilio:Channels:0:MessagesPerSecond"] = "1" });
        var part = Part with { Text = new string('a', 161) };
        Assert.IsType<SendOutcome.Sent>(await host.Channel.SendAsync(part, default));
        var second = host.Channel.SendAsync(part, default);
        Assert.False(second.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<SendOutcome.Sent>(await second);
        time.Advance(TimeSpan.FromSeconds(60));
        await host.Channel.SendAsync(part with { Text = new string('a', 1500) }, default);
        Assert.IsType<SendOutcome.Retry>(await host.Channel.SendAsync(part, default));
    }
}
