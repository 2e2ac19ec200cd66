using System.Text;
using System.Text.Json;
using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Server.Channels.DirectLine;
using Hotline.Triage;
using Xunit;

namespace Hotline.Server.Tests.Channels.DirectLine;

public sealed class ActivityLogTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, 120, TimeSpan.Zero);

    [Fact]
    public void OfTurn_PutsTheEchoFirst_ThenTheReplies()
    {
        var activities = Activities(
            Out("one"),
            new TurnEvent.MessageIn("hi", 0, TriageAssessment.Nothing) { Wire = """{"type":"message","from":{"id":"u","role":"user"},"channelData":{"clientActivityID":"c","x":[1]}}""" },
            Out("two"));
        Assert.Equal(["hi", "one", "two"], activities.Select(a => a.GetProperty("text").GetString()));
        Assert.Equal(["c1|0000005", "c1|0000006", "c1|0000007"], activities.Select(a => a.GetProperty("id").GetString()));
        Assert.Equal("""{"clientActivityID":"c","x":[1]}""", activities[0].GetProperty("channelData").GetRawText());
        Assert.False(activities[0].TryGetProperty("replyToId", out _));
        Assert.All(activities.Skip(1), a => Assert.Equal("c1|0000005", a.GetProperty("replyToId").GetString()));
        Assert.All(activities, a => Assert.Equal("c1", a.GetProperty("conversation").GetProperty("id").GetString()));
    }

    [Fact]
    public void OfTurn_StampsTimesThatRise_WithDigitsBelowTheSecond()
    {
        var times = Activities(Out("one"), Out("two"), Out("three")).Select(a => a.GetProperty("timestamp").GetString()!).ToList();
        Assert.Equal("2026-03-01T12:00:00.1200000Z", times[0]);
        Assert.Equal(times.Order(StringComparer.Ordinal).Distinct(), times);
    }

    [Fact]
    public void OfTurn_LeavesOutWhatIsHeld_AndWhatIsNoMessage() =>
        Assert.Empty(Activities(Out("held") with { Held = "hidden" }, new TurnEvent.DeletionAsked()));

    [Fact]
    public void OfTurn_ShowsChoicesAsButtons_EachInItsLanguage()
    {
        var activity = Assert.Single(Activities(Out("Which?\n1 English\n2 ไทย") with { Choices = [new("1", "English"), new("2", "ไทย", LanguageTag.Thai)] }));
        Assert.Equal(
            """[{"type":"imBack","title":"English","value":"1","channelData":{"lang":"en"}},{"type":"imBack","title":"ไทย","value":"2","channelData":{"lang":"th"}}]""",
            activity.GetProperty("suggestedActions").GetProperty("actions").GetRawText());
        Assert.Equal("expectingInput", activity.GetProperty("inputHint").GetString());
    }

    [Fact]
    public void OfTurn_SaysWhetherAPersonWrote()
    {
        var activities = Activities(Out("machine"), Out("person") with { Source = MessageSource.Staff });
        Assert.False(activities[0].TryGetProperty("channelData", out _));
        Assert.Equal("staff", activities[1].GetProperty("channelData").GetProperty("source").GetString());
        Assert.All(activities, a => Assert.Equal("bot", a.GetProperty("from").GetProperty("role").GetString()));
    }

    [Fact]
    public void OfTurn_OfAMessageWithoutWire_StillEchoesIt() =>
        Assert.Equal("lost", Activities(new TurnEvent.MessageIn("lost", 0, TriageAssessment.Nothing))[0].GetProperty("text").GetString());

    [Fact]
    public void ResumedEntry_IsNotForClients()
    {
        var entry = ActivityLog.ResumedEntry("proof");
        Assert.Equal("proof", ActivityLog.ResumedBy(entry));
        using var buffer = new MemoryStream();
        using var writer = new Utf8JsonWriter(buffer);
        Assert.False(ActivityLog.WriteActivity(writer, entry, "c1", 1));
        Assert.Null(ActivityLog.ResumedBy(ActivityLog.OfTurn([new(new("e"), At, Out("x"))])[0]));
    }

    [Theory]
    [InlineData(null, 0L)]
    [InlineData("", 0L)]
    [InlineData("12", 12L)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("abc", null)]
    [InlineData("99999999999999999999", null)]
    public void ReadWatermark_KnowsItsOwn(string? text, long? watermark) => Assert.Equal(watermark, ChatLog.ReadWatermark(text));

    private static TurnEvent.MessageOut Out(string text) => new(text, LanguageTag.English, MessageSource.Bot);

    private static List<JsonElement> Activities(params TurnEvent[] facts) =>
        [.. ActivityLog.OfTurn([.. facts.Select((fact, i) => new RecordedEvent(new($"e{i}"), At, fact))]).Select((entry, i) => Read(entry, 5 + i))];

    private static JsonElement Read(byte[] entry, long index)
    {
        var json = WireJson.Write(writer => Assert.True(ActivityLog.WriteActivity(writer, entry, "c1", index)));
        return JsonDocument.Parse(Encoding.UTF8.GetString(json)).RootElement;
    }
}
