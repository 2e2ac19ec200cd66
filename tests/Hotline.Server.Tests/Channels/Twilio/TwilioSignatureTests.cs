using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Hotline.Server.Channels.Twilio;
using Hotline.Server.Tests.Channels.Twilio.Fake;
using Xunit;

namespace Hotline.Server.Tests.Channels.Twilio;

public class TwilioSignatureTests
{
    private const string Token = "12345";
    private const string Q = "/myapp.php?foo=1&bar=2";
    private const string Hash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
    private const string EmptyHash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    private static readonly FormPair[] P =
    [
        new("CallSid", "CA1234567890ABCDE"), new("Caller", "+14158675309"), new("Digits", "1234"), new("From", "+14158675309"), new("To", "+18005551212"),
    ];

    /// <summary>The vectors that were run against the vendor's own package: configured base, target, signature.</summary>
    [Theory]
    [InlineData("https://mycompany.com", Q, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://mycompany.com:1234", Q, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://mycompany.com:1234", Q, "CYn1h0gLBdNxDGkKJg6hYohgeD8=")]
    [InlineData("http://mycompany.com:1234", Q, "Zmvh+3yNM1Phv2jhDCwEM3q5ebU=")]
    [InlineData("https://mycompany.com", Q, "kvajT1Ptam85bY51eRf/AJRuM3w=")]
    [InlineData("http://mycompany.com", Q, "0ZXoZLH/DfblKGATFgpif+LLRf4=")]
    [InlineData("https://user:pass@mycompany.com", Q, "CukzLTc1tT5dXEDIHm/tKBanW10=")]
    [InlineData("https://user:pass@mycompany.com", Q, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://user@mycompany.com", Q, "2YRLlVAflCqxaNicjMpJcSTgzSs=")]
    [InlineData("https://user:pass@mycompany.com", Q, "ZQFR1PTIZXF2MXB8ZnKCvnnA+rI=")]
    [InlineData("https://MyCompany.com", Q, "g9IN/x4Cft2g517EjYvEvM/W7LU=")]
    [InlineData("https://MyCompany.com", Q, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://MyCompany.com:1234", Q, "PCqOZm8cnu/L6+u5i5fuEd+Iac4=")]
    [InlineData("http://MyCompany.com", Q, "XY7AlKOKL6im4yWyX84gldUrtis=")]
    [InlineData("http://username:password@MyCompany.com", Q, "PJ08CxXr7KLPjEQCTc8LkUSMwSM=")]
    [InlineData("HTTP://username:password@MyCompany.com", Q, "hy/l8pca+LFms4cvRdv8uiP6NGc=")]
    [InlineData("http://Username:Password@MyCompany.com", Q, "SkTSKyDJH9kUlhItI0slbgZ1UsI=")]
    [InlineData("https://mycompany.com", Q + "&Body=It's+amazing", "TfZzewPq8wqrGlMfyAud8+/IvJ0=")]
    [InlineData("https://mycompany.com", Q + "&Body=It's+amazing", "dsq4Ehbj6cs+KdTkpF5sSSplOWw=")]
    [InlineData("https://mycompany.com/", Q, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")]
    [InlineData("https://mycompany.com/behind", "/proxy#rc=3", null)]
    public void IsValid_EveryAddressThatTwilioMaySign_Holds(string baseUrl, string target, string? signature)
    {
        signature ??= FakeSigner.Sign(Token, baseUrl + target, P.Select(p => KeyValuePair.Create(p.Name, p.Value)));
        Assert.True(Check(baseUrl, target, P, signature));
    }

    [Fact]
    public void IsValid_DocumentedExample_Holds()
    {
        FormPair[] form = [.. P.Select(p => p.Name is "Caller" or "From" ? p with { Value = "+14158675310" } : p)];
        Assert.True(Check("https://example.com", Q, form, "L/OH5YylLD5NRKLltdqwSvS0BnU="));
    }

    [Fact]
    public void IsValid_ParameterTwice_TakesTheDifferentValuesSorted()
    {
        FormPair[] form = [new("MessagingBinding.Address", "+1415xxxxxxx"), new("MessagingBinding.Address", "+1325xxxxxxx")];
        Assert.True(Check("https://mycompany.com", Q, form, "83O6e2vORAoJHUNzJjDWN1jz+BA="));
        Assert.True(Check("https://mycompany.com", Q, [form[1], form[0]], "83O6e2vORAoJHUNzJjDWN1jz+BA="));

        FormPair[] thrice = [new("Sid", "CA123"), new("SidAccount", "AC123"), new("Digits", "5678"), new("Digits", "1234"), new("Digits", "1234")];
        Assert.True(Check("https://mycompany.com", Q, thrice, "IK+Dwps556ElfBT0I3Rgjkr1wJU="));
    }

    [Theory]
    [InlineData(Q + "&bodySHA256=" + Hash, """{"property": "value", "boolean": true}""", "a9nBmqA0ju/hNViExpshrM61xv4=")]
    [InlineData("/myapp.php?bodySHA256=" + Hash, """{"property": "value", "boolean": true}""", "y77kIzt2vzLz71DgmJGsen2scGs=")]
    [InlineData(Q + "&bodySHA256=" + EmptyHash, "{}", "Ldidvp12m26NI7eqEvxnEpkd9Hc=")]
    public void IsValid_BodyHashInTheAddress_ChecksBoth(string target, string body, string signature)
    {
        Assert.True(Check("https://mycompany.com", target, [], signature, body));
        Assert.False(Check("https://mycompany.com", target, [], signature, body + " "));
        Assert.False(Check("https://mycompany.com", target, [], "RSOYDt4T1cUTdK1PDd93/VVr8B8=", body));
        Assert.False(Check("https://mycompany.com", target + "&x=1", [], signature, body));
    }

    [Fact]
    public void IsValid_AnythingChanged_Fails()
    {
        const string good = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        const string host = "https://mycompany.com";
        Assert.False(Check(host, Q, [.. P[..4], new("To", "+18005551213")], good));
        Assert.False(Check(host, Q, [.. P, new("Extra", "1")], good));
        Assert.False(Check(host, Q, [.. P[..4]], good));
        Assert.False(Check(host, Q + "3", P, good));
        Assert.False(Check("https://other.com", Q, P, good));
        Assert.False(Check("http://mycompany.com", Q, P, good));
        Assert.False(Check(host, Q, P, good, token: "12346"));
        Assert.False(Check(host, Q, P, null));
        Assert.False(Check(host, Q, P, ""));
        Assert.False(Check(host, Q, P, "not base64"));
        Assert.False(Check(host, Q, P, good.ToLowerInvariant()));
        Assert.False(Check(host, Q, P, good + " "));
        Assert.False(Check(host, Q, P, good + new string('A', 10_000)));
    }

    [Fact]
    public void IsValid_SpacesAndEmptyValues_AreSignedAsTheyAre()
    {
        FormPair[] form = [new("Body", " hi  "), new("Empty", "")];
        var signature = FakeSigner.Sign(Token, "https://mycompany.com" + Q, form.Select(p => KeyValuePair.Create(p.Name, p.Value)));
        Assert.True(Check("https://mycompany.com", Q, form, signature));
        Assert.False(Check("https://mycompany.com", Q, [new("Body", " hi "), new("Empty", "")], signature));
        Assert.False(Check("https://mycompany.com", Q, [new("Body", " hi  ")], signature));
    }

    [Fact]
    public void IsValid_OtherTokenAndOtherBase_AreAcceptedToo()
    {
        var request = new SignedRequest(["https://old.example.org", "https://mycompany.com"], Q, P, default, "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
        Assert.True(TwilioSignature.IsValid(request, ["new token", Token]));
        Assert.False(TwilioSignature.IsValid(request, []));
    }

    [Fact]
    public void IsValid_RandomForms_HoldAndEveryChangeOfOneUnitFails() => Prop.ForAll<NonEmptyArray<Tuple<NonNull<string>, NonNull<string>>>, PositiveInt>((pairs, at) =>
    {
        FormPair[] form = [.. pairs.Get.Select(p => new FormPair(Encoded(p.Item1.Get), Encoded(p.Item2.Get))).Where(p => p.Name.Length > 0)];
        if (form.Length == 0)
            return true;
        var signature = FakeSigner.Sign(Token, "https://mycompany.com" + Q, form.Select(p => KeyValuePair.Create(p.Name, p.Value)));
        var changed = form.ToArray();
        var i = at.Get % form.Length;
        changed[i] = changed[i] with { Value = changed[i].Value + "x" };
        return Check("https://mycompany.com", Q, form, signature) && !Check("https://mycompany.com", Q, changed, signature);
    }).QuickCheckThrowOnFailure();

    /// <summary>Only text that can stand in UTF-8 can come in a form.</summary>
    private static string Encoded(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static bool Check(string baseUrl, string target, FormPair[] form, string? header, string body = "", string token = Token) =>
        TwilioSignature.IsValid(new SignedRequest([baseUrl], target, form, Encoding.UTF8.GetBytes(body), header), [token]);
}
