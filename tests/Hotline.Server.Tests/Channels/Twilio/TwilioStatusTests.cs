using System.Net;
using Hotline.Conversations;
using Hotline.Server.Tests.Channels.Twilio.Fake;
using Hotline.Server.Turns;
using Xunit;

namespace Hotline.Server.Tests.Channels.Twilio;

public class TwilioStatusTests
{
    private static readonly OutboundPart Part = new(new EventId("0123456789abcdef0123456789abcdef-4-1"), 1, 2, new Urn("tel:" + TwilioHost.Person), "Hello");

    [Fact]
    public async Task Status_AnyOrderDoubledAndLost_ConvergesToTheHighest()
    {
        var random = new Random(7);
        for (var round = 0; round < 5; round++)
        {
            await using var host = await TwilioHost.StartAsync();
            await host.Channel.SendAsync(Part, default);
            var message = host.Fake.Sent.Single();
            string[] statuses = ["sent", "sent", "sending", "queued", "delivered", "delivered"];
            random.Shuffle(statuses);
            foreach (var status in statuses)
            {
                using var answer = await host.Fake.ReportAsync(message, status);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }

            Assert.Equal(DeliveryStatus.Delivered, host.Store.StatusOf(Part.Message, Part.Part));
        }
    }

    [Fact]
    public async Task Status_OfAPartWhoseAnswerWasLost_SettlesIt()
    {
        await using var host = await TwilioHost.StartAsync();
        host.Fake.Troubles.Enqueue(new FakeTrouble.ServerError(Accepted: true));
        Assert.IsType<SendOutcome.Unknown>(await host.Channel.SendAsync(Part, default));
        Assert.Null(host.Store.ProviderIdOf(Part.Message, Part.Part));

        using var answer = await host.Fake.ReportAsync(host.Fake.Sent.Single(), "sent");
        Assert.Equal(host.Fake.Sent.Single().Sid, host.Store.ProviderIdOf(Part.Message, Part.Part));
    }

    [Theory]
    [InlineData("failed", 21610)]
    [InlineData("undelivered", 30005)]
    public async Task Status_Failed_IsToldToTheConversationOnce(string status, int code)
    {
        await using var host = await TwilioHost.StartAsync();
        await host.Channel.SendAsync(Part, default);
        for (var i = 0; i < 2; i++)
        {
            using var answer = await host.Fake.ReportAsync(host.Fake.Sent.Single(), status, code);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var sealing = host.Get<TurnSealing>();
        Assert.Equal([sealing.SeenKey(host.Store.Anybody, new TurnInput.DeliveryFailed(Part.Message, code, code == 21610))], host.Store.Asked);
    }

    [Fact]
    public async Task Status_SignedForAnotherPart_Is403()
    {
        await using var host = await TwilioHost.StartAsync();
        await host.Channel.SendAsync(Part, default);
        var message = host.Fake.Sent.Single();
        List<KeyValuePair<string, string>> form = [new("MessageSid", message.Sid), new("MessageStatus", "failed"), new("AccountSid", host.Fake.AccountSid)];
        var other = message.StatusCallback!.Replace("-1", "-0", StringComparison.Ordinal);
        using var answer = await host.Fake.PostAsync(other, form, FakeSigner.Sign(host.Fake.AuthToken, message.StatusCallback, form));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);

        form[^1] = new("AccountSid", "AC99");
        using var notOurs = await host.Fake.PostAsync(message.StatusCallback, form);
        Assert.Equal(HttpStatusCode.Forbidden, notOurs.StatusCode);
    }

    [Fact]
    public async Task Status_NoReportOrUnknownChannelOrUnknownStatus_IsAnsweredByTheTable()
    {
        await using var host = await TwilioHost.StartAsync();
        var url = $"{TwilioHost.PublicUrl}/channels/twilio/sms-th/status?part={Part.PartId}";
        Assert.Equal(HttpStatusCode.BadRequest, await Post(url, ("MessageStatus", "sent")));
        Assert.Equal(HttpStatusCode.BadRequest, await Post(url, ("MessageSid", "SM1")));
        Assert.Equal(HttpStatusCode.OK, await Post(url, ("MessageSid", "SM1"), ("MessageStatus", "partially_delivered")));
        Assert.Equal(HttpStatusCode.OK, await Post(url.Split('?')[0], ("MessageSid", "SM1"), ("MessageStatus", "sent")));
        Assert.Equal(HttpStatusCode.NotFound, await Post(url.Replace("sms-th", "sms-vn", StringComparison.Ordinal), ("MessageSid", "SM1"), ("MessageStatus", "sent")));

        async Task<HttpStatusCode> Post(string to, params (string Name, string Value)[] form)
        {
            using var answer = await host.Fake.PostAsync(to, [.. form.Select(p => KeyValuePair.Create(p.Name, p.Value)), new("AccountSid", host.Fake.AccountSid)]);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Status_StoreIsDown_Is503()
    {
        await using var host = await TwilioHost.StartAsync();
        await host.Channel.SendAsync(Part, default);
        host.Store.Down = true;
        using var answer = await host.Fake.ReportAsync(host.Fake.Sent.Single(), "sent");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task Status_ReportedByTheProviderWhileItStillAnswers_IsRecorded()
    {
        await using var host = await TwilioHost.StartAsync();
        host.Fake.AutoReports = ["delivered", "sent", "delivered"];
        var sent = Assert.IsType<SendOutcome.Sent>(await host.Channel.SendAsync(Part, default));
        await host.Fake.WhenReportedAsync();
        Assert.Equal((sent.ProviderId, DeliveryStatus.Delivered), (host.Store.ProviderIdOf(Part.Message, Part.Part), host.Store.StatusOf(Part.Message, Part.Part)));
    }
}
