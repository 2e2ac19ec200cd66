using Hotline.Sources;
using Hotline.Text;
using Hotline.Triage;
using Xunit;

namespace Hotline.Tests.Text;

public sealed class SpellingTests
{
    private static readonly Spelling Words = new(
        ["passport", "kidnap*", "traffick*", "prostitut*", "kill", "help", "me", "hurting", "cuu", "ho", "chieu", "ditahan", "disetrum", "meninggal", "pemerkosaan", "electrocute*", "locked", "threaten*"]);

    [Theory]
    [InlineData("my pasport is gone", "my passport is gone")]
    [InlineData("my passpport is gone", "my passport is gone")]
    [InlineData("my psasport is gone", "my passport is gone")]
    [InlineData("my passprot is gone", "my passport is gone")]
    [InlineData("traficking here", "trafficking here")]
    [InlineData("prostitusion", "prostitution")]
    [InlineData("prositution", "prostitution")]
    [InlineData("they thretened us", "they threatened us")]
    [InlineData("dia meninggl kemarin", "dia meninggal kemarin")]
    [InlineData("pemerksaan", "pemerkosaan")]
    [InlineData("pemrekosan", "pemerkosaan")]
    [InlineData("killll meee", "kill me")]
    [InlineData("heeelp meee pls", "help me pls")]
    [InlineData("kill meeee", "kill me")]
    [InlineData("cứuuu", "cuu")]
    [InlineData("HELPPP ME", "help me")]
    public void Words_typed_wrong_are_mended(string message, string meant) => Assert.Equal(meant, Read(message));

    [Theory]
    [InlineData("pssprt")] // too far
    [InlineData("passposrts")] // two edits are for words of eleven letters
    [InlineData("bassport")] // the first letter must be right
    [InlineData("loked")] // six letters and fewer: too many words are like it
    [InlineData("hunting me")] // a word that exists
    [InlineData("pemeriksaan rutin")] // an examination, no rape
    [InlineData("traffic is bad")]
    [InlineData("hit me")]
    [InlineData("kil me")]
    [InlineData("tieng viet")]
    public void Other_words_are_left_alone(string message) => Assert.Null(Read(message));

    [Fact]
    public void Mending_keeps_to_the_text_as_it_was_written()
    {
        const string raw = "MY  PASPORT!! is gone. heeelp meee";
        var text = TextNormalizer.Read(raw, matching: true, new());
        Assert.True(Words.Mend(text));
        Assert.Equal("my passport is gone help me", text.ToString());
        Assert.Equal("PASPORT", Raw(3, 11));
        Assert.Equal("gone. heeelp", Raw(15, 24));
        Assert.Equal("meee", Raw(25, 27));
        Assert.True(text.HasStopBefore(12));

        string Raw(int from, int to)
        {
            var (start, length) = text.RawSpan(from, to);
            return raw.Substring(start, length);
        }
    }

    [Fact]
    public void Triage_reads_words_typed_wrong()
    {
        var bag = new DiagnosticBag();
        var words = Hotline.Text.Words.Read(ContentFolder.Read("words"), bag);
        var rules = TriageRules.Read(ContentFolder.Read("triage"), words, bag);
        Assert.Equal(rules.Assess("they took my passport").Level, rules.Assess("they took my pasport").Level);
        Assert.True(rules.Assess("they took my pasport").Level >= TriageLevel.R2);
        Assert.True(rules.Assess("he will killll meeee").Level >= TriageLevel.R1);
        Assert.Contains(rules.Assess("they took my pasport").Hits, h => h.Start + h.Length == 20 && h.Language.Value == "en");
    }

    private static string? Read(string message)
    {
        var text = TextNormalizer.Read(message, matching: true, new());
        return Words.Mend(text) ? text.ToString() : null;
    }
}
