using Hotline.Sources;
using Hotline.Text;
using Hotline.Triage;
using Xunit;

namespace Hotline.Tests.Triage;

/// <summary>How far excuses, negations and other people reach, on a handful of rules made for this.</summary>
public sealed class RuleReachTests
{
    private const string RulesFile =
        """
        concepts: [die, hit, lock, door, boss, paper, take, film, frame, not, but, me, them, help, please, past, food, no]
        groups: { act: [hit, lock], bad: [act, die] }
        negation: not
        past: past
        other: them
        plea: help
        polite: please
        turn: but
        self: me
        rules:
          - { id: die, level: R0, indicator: suicide, all: [die], unless: { any: [frame], side: before, within: 25, broken_by: [me] } }
          - { id: hit, level: R1, indicator: violence, all: [hit], unless: [film] }
          - { id: hit_after, level: R1, indicator: after, all: [hit], unless: { any: [film], side: after } }
          - { id: papers, level: R2, indicator: papers, all: [boss, take, paper], within: 20 }
          - { id: in_order, level: R2, indicator: order, all: [lock, door], ordered: true, within: 10 }
          - { id: sentence, level: R2, indicator: sentence, all: [boss, paper], one_sentence: true, within: 40 }
          - { id: any_act, level: R2, indicator: act, all: [bad, boss], within: 15 }
          - { id: hunger, level: R2, indicator: food, all: [food, no], within: 8 }
        """;

    private const string Phrases =
        """
        language: en
        concepts:
          die: [want to die]
          hit: ["(hit|beat)(s|)"]
          lock: [lock, locks]
          door: [door]
          boss: [boss]
          paper: [passport]
          take: [took]
          film: [film]
          frame: ["film (where|about)"]
          not: [nobody, never]
          but: [but]
          me: ["=i", me]
          them: ["my (sister|friend)"]
          past: [years ago]
          food: [food, 饭]
          "no": ["no", 没有]
        """;

    private static readonly TriageRules Made = Make();

    private static TriageRules Make()
    {
        var bag = new DiagnosticBag();
        var rules = TriageRules.Read([new("triage/rules.yaml", RulesFile), new("triage/en.yaml", Phrases)], Words.Empty, bag);
        Assert.Empty(bag.Sorted().Select(d => d.ToString()));
        return rules;
    }

    [Theory]
    // an excuse must govern: near, same sentence, its side, no turn, no breaker
    [InlineData("want to die", "R0 suicide")]
    [InlineData("film where they want to die", "R3")]
    [InlineData("film about war, i want to die", "R0 suicide")]
    [InlineData("after the film want to die", "R0 suicide")]
    [InlineData("want to die film where", "R0 suicide")]
    [InlineData("film where many people laugh and sing then want to die", "R0 suicide")]
    [InlineData("film where but want to die", "R0 suicide")]
    [InlineData("they beat me", "R1 after,violence")]
    [InlineData("they beat in the film", "R3")]
    [InlineData("film they beat me", "R1 after")]
    [InlineData("film. they beat me", "R1 after,violence")]
    [InlineData("film\nthey beat me", "R1 after,violence")]
    [InlineData("film but they beat me", "R1 after,violence")]
    [InlineData("in the film they beat him. now they beat me", "R1 after,violence")]
    // negation and past never below R2
    [InlineData("nobody beats me", "R2 after,violence")]
    [InlineData("never came home. they beat me", "R1 after,violence")]
    [InlineData("nobody but they beat me", "R1 after,violence")]
    [InlineData("nobody beats me today, they beat others", "R1 after,violence")]
    [InlineData("years ago want to die", "R1 suicide")]
    // any order, close together
    [InlineData("boss took passport", "R2 papers,sentence")]
    [InlineData("passport took it boss", "R2 papers,sentence")]
    [InlineData("passport is far away from everything that the boss took", "R2 sentence")]
    [InlineData("lock the door", "R2 order")]
    [InlineData("the door and a lock", "R3")]
    [InlineData("passport. the boss", "R3")]
    [InlineData("boss locks", "R2 act")]
    [InlineData("no food", "R2 food")]
    [InlineData("没有饭", "R2 food")]
    [InlineData("没有一点饭", "R2 food")]
    [InlineData("没有今天晚上的饭", "R3")]
    public void A_rule_speaks_only_where_it_should(string message, string expected)
    {
        var found = Made.Assess(message);
        Assert.Equal(expected, $"{found.Level} {string.Join(',', found.Indicators)}".TrimEnd());
    }

    [Theory]
    [InlineData("my sister want to die", true)]
    [InlineData("boss took passport of my friend", true)]
    [InlineData("my friend says i want to die", false)]
    [InlineData("my friend is here. boss took passport", false)]
    [InlineData("want to die", false)]
    public void Another_persons_danger_is_marked_where_it_is_theirs(string message, bool other) =>
        Assert.Equal(other, Made.Assess(message).Other);

    [Theory]
    [InlineData("r\tboss\t900\t0\n", "R1 violence")]
    [InlineData("r\tboss\t-900\t0\n", "R3")]
    [InlineData("r\tboss\t9000\t0\n", "R1 violence")]
    public void An_unsure_rule_speaks_where_the_model_agrees(string weight, string expected)
    {
        var bag = new DiagnosticBag();
        var rules = TriageRules.Read(
            [
                new("triage/rules.yaml", "concepts: [hit]\nrules: [{ id: hit, level: R1, indicator: violence, all: [hit], unsure: true }]\n"),
                new("triage/en.yaml", "language: en\nconcepts: { hit: [beats] }\n"),
                new("triage/model.txt", "threshold\tLatin\t0.05\t0.5\t9\n" + weight),
            ],
            Words.Empty, bag);
        var found = rules.Assess("the boss there beats them all every day");

        Assert.Empty(bag.Items);
        Assert.True(rules.Assess("the boss beats them").Level >= TriageLevel.R2, "in a short message nothing silences it");
        Assert.Equal(expected, $"{found.Level} {string.Join(',', found.Indicators)}".TrimEnd());
        Assert.Equal("R1 violence", $"{rules.With(null).Assess("the boss there beats them all every day").Level} violence");
    }

    [Theory]
    [InlineData("9000\t0", "R2")]
    [InlineData("9000\t9000", "R1")]
    [InlineData("10\t9000", "R3")]
    public void The_model_offers_a_human_by_itself_and_shows_the_place(string weight, string level)
    {
        var bag = new DiagnosticBag();
        var rules = TriageRules.Read(
            [
                new("triage/rules.yaml", "concepts: []\nrules: []\n"),
                new("triage/model.txt", $"threshold\tLatin\t0.1\t0.5\t0.5\nr\tgate\t{weight}\n"),
            ],
            Words.Empty, bag);
        var found = rules.Assess("The GATE is shut");

        Assert.Equal(level, found.Level.ToString());
        Assert.Equal(level == "R3" ? [] : [new TriageHit("model", Hotline.Localization.LanguageTag.English, 4, 4)], found.Hits);
    }

    [Fact]
    public void A_flood_of_one_word_stays_quick()
    {
        var message = string.Concat(Enumerable.Repeat("boss beat film passport took but never lock door ", 80));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(TriageLevel.R2, Made.Assess(message).Level);
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"{clock.Elapsed}");
    }

    [Theory]
    [InlineData("a: [\"(one|two\"]", "triage/en.yaml:3:7: HL105")]
    [InlineData("a: [\"one)\"]", "triage/en.yaml:3:7: HL105")]
    [InlineData("a: [\"one|two\"]", "triage/en.yaml:3:7: HL105")]
    [InlineData("a: [\"(x|one)\"]", "triage/en.yaml:3:7: HL402")]
    [InlineData("b: [one]", "triage/en.yaml:3:3: HL401")]
    public void A_faulty_phrase_is_refused_at_its_place(string line, string fault)
    {
        var bag = new DiagnosticBag();
        TriageRules.Read(
            [new("triage/rules.yaml", "concepts: [a]\nrules: []\n"), new("triage/en.yaml", $"language: en\nconcepts:\n  {line}\n")],
            Words.Empty, bag);
        Assert.Equal(fault, Assert.Single(bag.Sorted().Select(d => $"{d.Span}: {d.Code}")));
    }

    [Theory]
    [InlineData("(b(i|o)g|small) ( red|) cats*", "bigcat", false)]
    [InlineData("(b(i|o)g|small) ( red|) cats*", "big cats", true)]
    [InlineData("(b(i|o)g|small) ( red|) cats*", "a bog red catsuit", true)]
    [InlineData("(b(i|o)g|small) ( red|) cats*", "small red  cats", true)]
    [InlineData("(b(i|o)g|small) ( red|) cats*", "smallcats", false)]
    [InlineData("(đánh|bắn) (tôi|em)", "danh em", true)]
    [InlineData("(đánh|bắn) (tôi|em)", "đánh tối", false)]
    [InlineData("(đánh|bắn) (tôi|em)", "bán em", false)]
    [InlineData("chết", "chêt", true)]
    [InlineData("=chết", "chet", false)]
    [InlineData("( ถูก | โดน )ขัง", "ถูก ขัง", true)]
    [InlineData("อายุ{child}ปี", "อายุ ๑๕ ปี", true)]
    [InlineData("อายุ{child}ปี", "อายุ 19 ปี", false)]
    public void Brackets_stand_for_their_alternatives(string phrase, string message, bool found)
    {
        var bag = new DiagnosticBag();
        var rules = TriageRules.Read(
            [
                new("triage/rules.yaml", "concepts: [a]\nrules: [{ id: x, level: R2, indicator: i, all: [a] }]\n"),
                new("triage/vi.yaml", $"language: vi\nconcepts:\n  a: [\"{phrase}\"]\n"),
            ],
            Words.Empty, bag);
        Assert.Empty(bag.Items);
        Assert.Equal(found, rules.Assess(message).Level == TriageLevel.R2);
    }
}
