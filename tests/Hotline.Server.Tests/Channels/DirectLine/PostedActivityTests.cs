using Hotline.Localization;
using Hotline.Server.Channels.DirectLine;
using Xunit;

namespace Hotline.Server.Tests.Channels.DirectLine;

public sealed class PostedActivityTests
{
    [Theory]
    [InlineData("""{"type":"message","text":"hello"}""", "hello")]
    [InlineData("""{"type":"message","text":"","value":"2"}""", "2")]
    [InlineData("""{"type":"message","value":2}""", "2")]
    [InlineData("""{"type":"message","text":"1","value":{"a":1}}""", "1")]
    [InlineData("""{"type":"message","value":{"a":1}}""", "")]
    [InlineData("""{"type":"message","text":5}""", "")]
    [InlineData("""{"type":"event","value":"x"}""", "")]
    public void Read_TakesTheTextOrAPressedValue(string json, string text) => Assert.Equal(text, Read(json).Text);

    [Fact]
    public void Read_KeepsWhatItDoesNotKnow_AndDropsWhatOnlyTheServerSays()
    {
        var activity = Read("""
            {"type":"message","id":"forged","timestamp":"1999","channelId":"sms","conversation":{"id":"other"},"callerId":"x","serviceUrl":"http://x",
             "text":"hi","channelData":{"clientActivityID":"c1","deep":{"a":[1,2]}},"entities":[{"type":"ClientCapabilities"}],"later":"field"}
            """);
        Assert.Equal("c1", activity.ClientId);
        Assert.Equal(
            """{"type":"message","channelData":{"clientActivityID":"c1","deep":{"a":[1,2]}},"entities":[{"type":"ClientCapabilities"}],"later":"field","from":{"id":"user","role":"user"}}""",
            activity.Wire());
    }

    [Fact]
    public void Read_WithAUserInTheToken_OverwritesFrom()
    {
        var json = WireJson.ReadObject("""{"type":"message","text":"hi","from":{"id":"somebody","name":"N","role":"bot"}}"""u8)!;
        var activity = PostedActivity.Read(json, new("dl_1", "Real"), out _)!;
        Assert.Equal("""{"id":"dl_1","role":"user","name":"Real"}""", activity.Json["from"]!.ToJsonString());
    }

    [Theory]
    [InlineData("th-TH", "th")]
    [InlineData("zh-TW", "zh-Hans")]
    [InlineData("xx", null)]
    [InlineData("not a locale at all", null)]
    public void Read_ProposesAKnownLocale(string locale, string? tag) =>
        Assert.Equal(tag, Read($$"""{"type":"message","text":"hi","locale":"{{locale}}"}""").Locale is { } found ? found.Value : null);

    [Fact]
    public void Read_OfATextOverTheLimit_IsRefused()
    {
        Assert.NotNull(Read($$"""{"type":"message","text":"{{new string('x', PostedActivity.MaxText)}}"}"""));
        var json = WireJson.ReadObject(System.Text.Encoding.UTF8.GetBytes($$"""{"type":"message","text":"{{new string('x', PostedActivity.MaxText + 1)}}"}"""))!;
        Assert.Null(PostedActivity.Read(json, null, out var fault));
        Assert.Same(WireError.TooBig, fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("{\"type\":\"message\",\"type\":\"event\"}")]
    [InlineData("{\"text\":\"\\ud800\"}")]
    [InlineData("{\"a\":")]
    public void ReadObject_OfSomethingThatCannotBeEchoed_GivesNone(string json) =>
        Assert.Null(WireJson.ReadObject(System.Text.Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void ReadObject_OfBytesThatAreNotUtf8_GivesNone() => Assert.Null(WireJson.ReadObject([.. "{\"text\":\""u8, 0xff, 0xfe, .. "\"}"u8]));

    [Fact]
    public void ReadObject_OfADeepNest_GivesNone() =>
        Assert.Null(WireJson.ReadObject(System.Text.Encoding.UTF8.GetBytes($"{{\"a\":{new string('[', 200)}{new string(']', 200)}}}")));

    private static PostedActivity Read(string json) =>
        PostedActivity.Read(WireJson.ReadObject(System.Text.Encoding.UTF8.GetBytes(json))!, null, out _)!;

    [Fact]
    public void LanguageTags_AreThoseOfTheLine() => Assert.Equal(LanguageTag.Thai, Read("""{"type":"message","text":"x","locale":"th"}""").Locale);
}
