using System.Collections.Immutable;
using System.Text;
using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Tests.Engine;
using Hotline.Triage;
using Xunit;

namespace Hotline.Tests.Conversations;

public sealed class ConversationJsonTests
{
    [Fact]
    public void Fields_KeepOrdinalOrder()
    {
        var c = EngineContent.Begin();
        c = c with { Fields = c.Fields.Add("b", "1").Add("B", "2").Add("a", "3").Add("ä", "4") };

        var read = ConversationJson.Read(ConversationJson.Write(c));

        Assert.Equal(["B", "a", "b", "ä"], read.Fields.Keys);
        Assert.Same(StringComparer.Ordinal, read.Fields.KeyComparer);
    }

    [Fact]
    public void Unknown_fields_are_kept()
    {
        var json = Encoding.UTF8.GetString(ConversationJson.Write(EngineContent.Begin()));
        var later = json.Replace("{\"v\":1,", "{\"v\":1,\"tomorrow\":{\"x\":[1,2]},", StringComparison.Ordinal);

        var again = Encoding.UTF8.GetString(ConversationJson.Write(ConversationJson.Read(Encoding.UTF8.GetBytes(later))));

        Assert.Contains("\"tomorrow\":{\"x\":[1,2]}", again, StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_form_is_refused_by_its_own_exception()
    {
        var newer = """{"id":"x","nested":{"v":1},"v":2,"control":"telepathy"}"""u8.ToArray();

        Assert.Throws<NewerFormException>(() => ConversationJson.Read(newer));
    }

    [Fact]
    public void A_typical_conversation_stays_small()
    {
        var c = EngineContent.Begin() with
        {
            Version = 40,
            Language = LanguageTag.Burmese,
            Control = Control.WaitingHuman,
            Level = TriageLevel.R1,
            Ticket = new(EventId.Of(new("00000000000000000000000000000001"), 38, 2).Value),
            LastRing = DateTimeOffset.UnixEpoch,
            LastTurn = DateTimeOffset.UnixEpoch,
            LastInbound = DateTimeOffset.UnixEpoch,
            HourStarted = DateTimeOffset.UnixEpoch,
            RepliesInHour = 7,
            Flow = new(
                [new(new("menu"), new("pick")), new(new("waiting"), new("told")), new(new("safety"), new("danger"))],
                EventId.Of(new("00000000000000000000000000000001"), 40, 3).Value, DateTimeOffset.UnixEpoch, "0123456789abcdef"),
            Fields = new[] { "country", "fee", "papers", "danger", "age", "where" }
                .ToImmutableSortedDictionary(n => n, _ => "some answer", StringComparer.Ordinal),
        };

        Assert.InRange(ConversationJson.Write(c).Length, 1, 1536);
    }
}
