using FsCheck;
using FsCheck.Fluent;
using Hotline.Localization;
using Hotline.Sources;
using Hotline.Tests.Text;
using Hotline.Text;
using Hotline.Triage;
using Xunit;

namespace Hotline.Tests.Triage;

/// <summary>The rules of the repository on single sentences; the counted evaluation stands elsewhere.</summary>
public sealed class TriageRulesTests
{
    private static readonly TriageRules Real = Load();

    private static TriageRules Load()
    {
        var bag = new DiagnosticBag();
        var rules = TriageRules.Read(ContentFolder.Read("triage"), Words.Read(ContentFolder.Read("words"), bag), bag);
        Assert.Empty(bag.Sorted().Select(d => d.ToString()));
        return rules;
    }

    public static TheoryData<string, string> Sentences()
    {
        var data = new TheoryData<string, string>();
        foreach (var line in TriageSentences.All.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            data.Add(line[..2], line[3..]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Danger_is_noticed_and_harmless_talk_is_not(string level, string message)
    {
        var found = Real.Assess(message);
        Assert.Equal(level, found.Level.ToString());
        Assert.All(found.Hits, h => Assert.True(h.Length > 0 && h.Start >= 0 && h.Start + h.Length <= message.Length));
        Assert.Equal(found.Level != TriageLevel.R3, found.Hits.Count > 0);
    }

    [Theory]
    [InlineData("help me please")]
    [InlineData("HELPPPPP")]
    [InlineData("help help help")]
    [InlineData("ช่วยด้วยยยย")]
    [InlineData("ကယ္ပါ")]
    [InlineData("ជួយផង")]
    [InlineData("ຊ່ອຍແດ່")]
    [InlineData("giup toi voi")]
    [InlineData("救命")]
    [InlineData("tolong")]
    public void A_lone_plea_is_R2_and_marked(string message)
    {
        var found = Real.Assess(message);
        Assert.True(found.LonePlea || found.Level > TriageLevel.R2);
        Assert.True(found.Level >= TriageLevel.R2);
    }

    [Theory]
    [InlineData("nobody hit me", TriageLevel.R2)]
    [InlineData("no one beats me here", TriageLevel.R2)]
    [InlineData("my friend wants to die", TriageLevel.R0)]
    [InlineData("years ago i wanted to die", TriageLevel.R1)]
    [InlineData("after the film i want to die", TriageLevel.R0)]
    [InlineData("i saw a funny movie but he will kill me tonight", TriageLevel.R0)]
    [InlineData("no football today. boss locked us in the room and beat us", TriageLevel.R0)]
    public void Negation_and_past_never_lower_below_R2(string message, TriageLevel level) =>
        Assert.Equal(level, Real.Assess(message).Level);

    [Fact]
    public void Another_persons_danger_is_marked()
    {
        Assert.True(Real.Assess("my friend is trapped in a compound").Other);
        Assert.False(Real.Assess("i am locked in the room").Other);
    }

    [Fact]
    public void A_hit_says_where_it_stands_in_the_raw_text()
    {
        const string message = "\u200b  พรุ่งนี้ นายจ้าง จะ ฆ่า ฉัน";
        var hit = Real.Assess(message).Hits.First(h => h.Rule == "threat_to_kill");
        Assert.Equal("จะ ฆ่า", message.Substring(hit.Start, hit.Length));
        Assert.Equal(LanguageTag.Thai, hit.Language);
    }

    [Fact]
    public void Zawgyi_is_found_and_marked_at_its_place()
    {
        const string message = "မင္းတို႔ ေသခ်င္တယ္";
        var hit = Real.Assess(message).Hits.First(h => h.Rule == "wants_to_die");
        Assert.True(hit.Zawgyi);
        Assert.Contains(message.Substring(hit.Start, hit.Length), "ေသခ်င္တယ္", StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_message_is_read_at_both_ends_and_offsets_stay_right()
    {
        var message = new string('a', 5000) + " i want to die " + new string('b', 200);
        var hit = Real.Assess(message).Hits.First(h => h.Rule == "wants_to_die");
        Assert.Equal("want to die", message.Substring(hit.Start, hit.Length));
    }

    [Fact]
    public void Assess_is_total()
    {
        var units = Gen.OneOf(
            Gen.Choose(0, 0xffff), Gen.Choose(0x0e00, 0x0eff), Gen.Choose(0x1000, 0x109f), Gen.Choose(0x1780, 0x17ff),
            Gen.Choose(0x20, 0x17f), Gen.Choose(0xd800, 0xdfff), Gen.Choose(0x4e00, 0x9fff)).Select(i => (char)i);
        Prop.ForAll(units.ArrayOf().Select(c => new string(c)).ToArbitrary(), message =>
            Real.Assess(message).Hits.All(h => h.Start >= 0 && h.Start + h.Length <= message.Length))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(80));
    }

    [Theory]
    [InlineData("\ufffe\u105b\u1031")]
    [InlineData("\ud800\u1031\u1000")]
    public void Units_that_no_text_has_do_not_stop_it(string message) => Assert.NotNull(Real.Assess(message));

    [Fact]
    public void Faults_are_reported_at_their_place()
    {
        var bag = new DiagnosticBag();
        TriageRules.Read(
            [
                new("triage/rules.yaml", "concepts: [a]\nrules:\n  - { id: x, level: R9, indicator: i, all: [a] }\n  - { id: y, level: R1, indicator: i, all: [b] }\n"),
                new("triage/en.yaml", "language: en\nconcepts:\n  a: [\"(one|two\", x]\n  c: [three]\n"),
            ],
            Words.Empty, bag);
        Assert.Equal(
            ["triage/en.yaml:3:7: HL105", "triage/en.yaml:3:19: HL402", "triage/en.yaml:4:3: HL401", "triage/rules.yaml:3:21: HL105", "triage/rules.yaml:4:45: HL401"],
            bag.Sorted().Select(d => $"{d.Span}: {d.Code}"));
    }
}
