using System.Net;
using System.Text;
using Hotline.Conversations;
using Hotline.Server.Channels.Twilio;
using Hotline.Server.Tests.Channels.Twilio.Fake;
using Xunit;

namespace Hotline.Server.Tests.Channels.Twilio;

public class TwilioWebhookTests
{
    [Fact]
    public async Task Receive_SignedMessage_IsRunAndAnsweredEmpty()
    {
        await using var host = await TwilioHost.StartAsync();
        using var answer = await host.Fake.DeliverAsync(host.Fake.Write(TwilioHost.Person, TwilioHost.Number, "ช่วยด้วย it's + \"me\""), TwilioHost.Receive());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/xml", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("<Response/>", await answer.Content.ReadAsStringAsync());
        Assert.NotNull(Assert.Single(host.Store.Asked));
    }

    [Fact]
    public async Task Receive_SameMessageSidAgainAndAtOnce_Is200AndRunOnce()
    {
        await using var host = await TwilioHost.StartAsync();
        var message = host.Fake.Write(TwilioHost.Person, TwilioHost.Number, "hello");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.Fake.DeliverAsync(message, TwilioHost.Receive())));
        foreach (var answer in answers)
        {
            Assert.Equal((HttpStatusCode.OK, "<Response/>"), (answer.StatusCode, await answer.Content.ReadAsStringAsync()));
            answer.Dispose();
        }

        Assert.Equal(host.SeenKey(TwilioHost.Person, message.Sid), Assert.Single(host.Store.Commits).SeenKey);
        Assert.Equal(7, host.Metrics.Duplicates.Value);
    }

    [Fact]
    public async Task Receive_TurnBreaks_IsParked_AndRunLater_AndNeverA500()
    {
        await using var host = await TwilioHost.StartAsync();
        host.Store.Fault = new InvalidOperationException("what a person wrote");
        using var answer = await host.Fake.DeliverAsync(host.Fake.Write(TwilioHost.Person, TwilioHost.Number, "locked in"), TwilioHost.Receive());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(1, host.Spool.Count);
        host.Store.Fault = null;
        await host.Spool.DrainAsync(host.Get<Hotline.Server.Turns.TurnHandler>().HandleAsync, default);
        Assert.Single(host.Store.Commits);
        Assert.Equal(0, host.Spool.Count);
    }

    [Fact]
    public async Task Receive_TokenToBe_IsAcceptedToo()
    {
        await using var host = await TwilioHost.StartAsync();
        var form = host.Fake.FormOf(host.Fake.Write(TwilioHost.Person, TwilioHost.Number, "hello"));
        using var answer = await host.Fake.PostAsync(TwilioHost.Receive(), form, FakeSigner.Sign("token to be", TwilioHost.Receive(), form));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("signature")]
    [InlineData("AccountSid")]
    [InlineData("To")]
    public async Task Receive_Forged_Is403AndReachesNothing(string what)
    {
        await using var host = await TwilioHost.StartAsync();
        host.Store.Down = true;
        var form = host.Fake.FormOf(host.Fake.Write(TwilioHost.Person, TwilioHost.Number, "hello"));
        if (what != "signature")
            form[form.FindIndex(p => p.Key == what)] = new(what, "AC99");
        using var answer = await host.Fake.PostAsync(TwilioHost.Receive(), form, what == "signature" ? FakeSigner.Sign("guess", TwilioHost.Receive(), form) : null);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal((0, 1L, 0L), (host.Spool.Count, host.Metrics.Forged.Value, host.Metrics.BadForms.Value));
    }

    [Fact]
    public async Task Receive_NoSignature_Is403()
    {
        await using var host = await TwilioHost.StartAsync();
        using var http = new HttpClient();
        using var answer = await http.PostAsync($"{host.Url}/behind/../channels/twilio/sms-th/receive", new FormUrlEncodedContent([new("MessageSid", "SM1")]));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Receive_UnknownChannel_Is404()
    {
        await using var host = await TwilioHost.StartAsync();
        using var answer = await host.Fake.DeliverAsync(host.Fake.Write(TwilioHost.Person, TwilioHost.Number, "hello"), TwilioHost.Receive("sms-vn"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Receive_FormWithoutMessageSidOrWithTooMuch_Is400AndCounted()
    {
        await using var host = await TwilioHost.StartAsync();
        var form = host.Fake.FormOf(host.Fake.Write(TwilioHost.Person, TwilioHost.Number, "hello"));
        await Refused([.. form.Where(p => p.Key != "MessageSid")]);
        await Refused([.. form, new("MessageSid", "SM1")]);
        await Refused([.. form, .. Enumerable.Range(0, 100).Select(i => KeyValuePair.Create($"New{i}", ""))]);
        await Refused([.. form, new("Long", new string('x', TwilioForm.MaxBytes))]);
        Assert.Equal(4, host.Metrics.BadForms.Value);
        Assert.Empty(host.Store.Asked);

        async Task Refused(List<KeyValuePair<string, string>> bad)
        {
            using var answer = await host.Fake.PostAsync(TwilioHost.Receive(), bad);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("Body=%FF", "application/x-www-form-urlencoded", HttpStatusCode.BadRequest)]
    [InlineData("Body=%FF", "application/x-www-form-urlencoded; charset=UTF-8", HttpStatusCode.BadRequest)]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("a=b", "application/x-www-form-urlencoded; charset=latin1", HttpStatusCode.BadRequest)]
    public async Task Receive_BodyThatIsNoForm_IsRefused(string body, string type, HttpStatusCode expected)
    {
        await using var host = await TwilioHost.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Url}/channels/twilio/sms-th/receive") { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        request.Headers.Add("X-Twilio-Signature", FakeSigner.Sign(host.Fake.AuthToken, TwilioHost.Receive(), []));
        using var answer = await http.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Receive_OverTheSizeWithoutLength_Is400()
    {
        await using var host = await TwilioHost.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{host.Url}/channels/twilio/sms-th/receive") { Content = new StreamContent(new MemoryStream(new byte[TwilioForm.MaxBytes + 1])) };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Receive_StoreIsDown_IsSpooledAndToldOncePerNumberAndOutage()
    {
        await using var host = await TwilioHost.StartAsync();
        host.Store.Down = true;
        var told = "<Response><Message><Body>Please write again later &lt;3.</Body></Message></Response>";
        Assert.Equal(told, await Say(TwilioHost.Person, "one"));
        Assert.Equal("<Response/>", await Say(TwilioHost.Person, "two"));
        Assert.Equal("<Response/>", await Say("+66811111111", "STOP"));
        Assert.Equal(told, await Say("+66811111111", "three"));
        Assert.Equal(4, host.Spool.Count);

        // back again: what waits is run first, in its order, and new messages queue behind it
        host.Store.Down = false;
        Assert.Equal("<Response/>", await Say("+66822222222", "four"));
        Assert.Equal(5, host.Spool.Count);
        var drained = new List<string>();
        await host.Spool.DrainAsync((request, _) =>
        {
            drained.Add(Assert.IsType<TurnInput.MessageReceived>(request.Input).Text);
            return Task.CompletedTask;
        }, default);
        Assert.Equal(["one", "two", "STOP", "three", "four"], drained);

        // a new outage is a new word
        Assert.Equal("<Response/>", await Say(TwilioHost.Person, "five"));
        host.Store.Down = true;
        Assert.Equal(told, await Say(TwilioHost.Person, "six"));

        async Task<string> Say(string from, string body)
        {
            using var answer = await host.Fake.DeliverAsync(host.Fake.Write(from, TwilioHost.Number, body), TwilioHost.Receive());
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task Receive_NeitherStoreNorSpool_Is503()
    {
        await using var host = await TwilioHost.StartAsync();
        host.Store.Down = true;
        host.BreakSpool();
        using var answer = await host.Fake.DeliverAsync(host.Fake.Write(TwilioHost.Person, TwilioHost.Number, "hello"), TwilioHost.Receive());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(0, host.Spool.Count);
    }
}
