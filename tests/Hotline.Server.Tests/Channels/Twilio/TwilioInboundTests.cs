using Hotline.Conversations;
using Hotline.Server.Channels.Twilio;
using Xunit;

namespace Hotline.Server.Tests.Channels.Twilio;

public class TwilioInboundTests
{
    private const string Sid = "SM00000000000000000000000000000009";

    private static readonly TwilioChannelOptions Sms = new() { Name = "sms-th", AccountSid = "AC01", From = "+66200000000" };
    private static readonly TwilioChannelOptions Service = new() { Name = "service", AccountSid = "AC01", MessagingServiceSid = "MG01" };

    [Fact]
    public void Decide_Message_BecomesATurn()
    {
        var run = Assert.IsType<InboundDecision.Run>(TwilioInbound.Decide(Sms, Form(("NumMedia", "2"), ("Body", "ช่วยด้วย "))));
        Assert.Equal("sms-th", run.Request.Channel);
        Assert.Equal("tel:+66812345678", run.Request.Address.Value);
        var message = Assert.IsType<TurnInput.MessageReceived>(run.Request.Input);
        Assert.Equal((Sid, "ช่วยด้วย ", 2), (message.MessageId, message.Text, message.MediaCount));
        Assert.Null(message.ProviderOptOut);
        Assert.False(message.ProviderAnswersOptOut);
    }

    [Theory]
    [InlineData("+66812345678", "tel:+66812345678")]
    [InlineData("whatsapp:+66812345678", "whatsapp:+66812345678")]
    [InlineData("messenger:1234567", "messenger:1234567")]
    [InlineData("4545", "sms:4545")]
    [InlineData("IOM Help", "sms:IOM Help")]
    public void ToUrn_EveryKindOfSender_HasAnAddressAndTheWayBack(string from, string urn)
    {
        Assert.Equal(urn, TwilioInbound.ToUrn(from)!.Value.Value);
        Assert.Equal(from, TwilioInbound.ToAddress(new Urn(urn)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("+")]
    [InlineData("+66 81")]
    [InlineData("a\nb")]
    [InlineData("<script>")]
    public void Decide_FromThatIsNoAddress_IsABadForm(string from) =>
        Assert.IsType<InboundDecision.BadForm>(TwilioInbound.Decide(Sms, Form(("From", from))));

    [Theory]
    [InlineData("")]
    [InlineData("SM 1")]
    [InlineData("SM1\n")]
    [InlineData("00000000000000000000000000000000000000000000000000000000000000000")]
    public void Decide_NoMessageSid_IsABadForm(string sid)
    {
        Assert.IsType<InboundDecision.BadForm>(TwilioInbound.Decide(Sms, Form(("MessageSid", sid))));
        Assert.IsType<InboundDecision.BadForm>(TwilioInbound.Decide(Sms, [.. Form().Where(p => p.Name != "MessageSid")]));
    }

    [Fact]
    public void Decide_TwoDifferentMessageSids_IsABadForm()
    {
        Assert.IsType<InboundDecision.BadForm>(TwilioInbound.Decide(Sms, [.. Form(), new("MessageSid", "SM1")]));
        Assert.IsType<InboundDecision.Run>(TwilioInbound.Decide(Sms, [.. Form(), new("MessageSid", Sid)]));
        Assert.IsType<InboundDecision.BadForm>(TwilioInbound.Decide(Sms, [.. Form(), new("From", "+66899999999")]));
    }

    [Fact]
    public void Decide_OverAHundredParameters_IsABadForm()
    {
        var form = Form();
        FormPair[] full = [.. form, .. Enumerable.Range(0, TwilioForm.MaxParameters - form.Length).Select(i => new FormPair($"New{i}", "x"))];
        Assert.IsType<InboundDecision.Run>(TwilioInbound.Decide(Sms, full));
        Assert.IsType<InboundDecision.BadForm>(TwilioInbound.Decide(Sms, [.. full, new("OneMore", "x")]));
    }

    [Theory]
    [InlineData("AccountSid", "AC02")]
    [InlineData("AccountSid", "")]
    [InlineData("To", "+66200000001")]
    [InlineData("To", "")]
    [InlineData("To", "whatsapp:+66200000000")]
    public void Decide_AnotherAccountOrNumber_IsNotOurs(string name, string value) =>
        Assert.IsType<InboundDecision.NotOurs>(TwilioInbound.Decide(Sms, Form((name, value))));

    [Fact]
    public void Decide_ServiceWithoutNumber_KnowsItselfByTheService()
    {
        Assert.IsType<InboundDecision.Run>(TwilioInbound.Decide(Service, Form(("MessagingServiceSid", "MG01"), ("To", "+15550000000"))));
        Assert.IsType<InboundDecision.NotOurs>(TwilioInbound.Decide(Service, Form(("MessagingServiceSid", "MG02"))));
        Assert.IsType<InboundDecision.NotOurs>(TwilioInbound.Decide(Service, Form()));
    }

    [Theory]
    [InlineData("STOP", OptOutKind.Stop)]
    [InlineData("start", OptOutKind.Start)]
    [InlineData("HELP", OptOutKind.Help)]
    public void Decide_OptOutType_IsTheProvidersWord(string type, OptOutKind kind)
    {
        var message = Run(Form(("OptOutType", type), ("Body", "หยุด")));
        Assert.Equal(kind, message.ProviderOptOut);
        Assert.True(message.ProviderAnswersOptOut);
    }

    [Theory]
    [InlineData("STOP", true)]
    [InlineData(" stop ", true)]
    [InlineData("Unsubscribe", true)]
    [InlineData("HELP", true)]
    [InlineData("info", true)]
    [InlineData("UNSTOP", true)]
    [InlineData("yes", true)]
    [InlineData("please stop him", false)]
    [InlineData("help me", false)]
    [InlineData("STOP!", false)]
    public void Decide_DefaultWordOfTheProvider_IsAnsweredByIt(string body, bool answered)
    {
        var message = Run(Form(("Body", body)));
        Assert.Null(message.ProviderOptOut);
        Assert.Equal(answered, message.ProviderAnswersOptOut);
        Assert.False(Run(Form(("Body", body), ("From", "whatsapp:+66812345678"))).ProviderAnswersOptOut);
    }

    [Fact]
    public void Decide_SharedPlace_IsKeptAsText()
    {
        Assert.Equal("geo:13.75,100.5 Gate 3, Samut Sakhon", Run(Form(("Body", ""), ("Latitude", "13.75"), ("Longitude", "100.5"), ("Label", "Gate 3"), ("Address", "Samut Sakhon"))).Text);
        Assert.Equal("here\ngeo:-6.2,106.8", Run(Form(("Body", "here"), ("Latitude", "-6.2"), ("Longitude", "106.8"))).Text);
        Assert.Equal("here", Run(Form(("Body", "here"), ("Latitude", "x"), ("Longitude", "106.8"))).Text);
    }

    [Fact]
    public void Decide_NoBody_IsAnEmptyText() => Assert.Equal("", Run([.. Form().Where(p => p.Name != "Body")]).Text);

    [Fact]
    public void FromList_InboundMessageOfOurs_GivesTheSameTurnAsTheWebhook()
    {
        var message = new TwilioMessage { Sid = Sid, From = "+66812345678", To = "+66200000000", Body = "hello", NumMedia = "1", Direction = "inbound" };
        var webhook = Assert.IsType<InboundDecision.Run>(TwilioInbound.Decide(Sms, Form(("NumMedia", "1")))).Request;
        Assert.Equal(webhook, TwilioInbound.FromList(Sms, message));
        Assert.Null(TwilioInbound.FromList(Sms, message with { Direction = "outbound-api" }));
        Assert.Null(TwilioInbound.FromList(Sms, message with { To = "+66200000001" }));
        Assert.Null(TwilioInbound.FromList(Sms, message with { From = null }));
    }

    private static TurnInput.MessageReceived Run(FormPair[] form) =>
        Assert.IsType<TurnInput.MessageReceived>(Assert.IsType<InboundDecision.Run>(TwilioInbound.Decide(Sms, form)).Request.Input);

    private static FormPair[] Form(params (string Name, string Value)[] with)
    {
        var form = new Dictionary<string, string>
        {
            ["MessageSid"] = Sid, ["AccountSid"] = "AC01", ["From"] = "+66812345678", ["To"] = "+66200000000", ["Body"] = "hello", ["NumMedia"] = "0",
        };
        foreach (var (name, value) in with)
            form[name] = value;
        return [.. form.Select(p => new FormPair(p.Key, p.Value))];
    }
}
