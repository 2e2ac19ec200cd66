using Hotline.Text;
using Xunit;

namespace Hotline.Tests.Text;

public sealed class SpellingTests
{
    private static readonly PhraseMatcher Matcher = new(
        new[] { "passport", "kidnap*", "traffick*", "prostitut*", "kill me", "help me", "hurting me", "hộ chiếu", "cứu", "ditahan", "disetrum", "meninggal", "pemerkosaan", "electrocute*", "locked", "threaten*" }
            .Select((t, i) => new Phrase(TextNormalizer.Key(t) + (t[^1] == '*' ? "*" : ""), PhrasePolicy.Latin, i)));

    [Theory]
    [InlineData("my pasport is gone", "pasport")]
    [InlineData("my passpport is gone", "passpport")]
    [InlineData("my psasport is gone", "psasport")]
    [InlineData("my passprot is gone", "passprot")]
    [InlineData("traficking here", "traficking")]
    [InlineData("prostitusion", "prostitusion")]
    [InlineData("prositution", "prositution")]
    [InlineData("they thretened us", "thretened")]
    [InlineData("dia meninggl kemarin", "meninggl")]
    [InlineData("pemerksaan", "pemerksaan")]
    [InlineData("pemrekosan", "pemrekosan")]
    [InlineData("killll meee", "killll meee")]
    [InlineData("heeelp meee pls", "heeelp meee")]
    [InlineData("kill meeee", "kill meeee")]
    [InlineData("cuuuu", "cuuuu")]
    [InlineData("cứuuu", "cứuuu")]
    [InlineData("HELPPP ME", "HELPPP ME")]
    public void Words_typed_wrong_are_found(string message, string found) => Assert.Equal(found, Find(message));

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
    public void Other_words_are_left_alone(string message) => Assert.Null(Find(message));

    [Fact]
    public void Mending_keeps_to_the_text_as_it_was_written()
    {
        const string raw = "MY  PASPORT!! is gone";
        var text = TextNormalizer.Read(raw, matching: true, new());
        var hits = new List<PhraseHit>();
        Matcher.Find(text, hits);
        var (start, length) = text.RawSpan(Assert.Single(hits).Start, hits[0].End);
        Assert.Equal("PASPORT", raw.Substring(start, length));
    }

    private static string? Find(string message)
    {
        var text = TextNormalizer.Read(message, matching: true, new());
        var hits = new List<PhraseHit>();
        Matcher.Find(text, hits);
        if (hits.Count == 0)
        {
            return null;
        }

        var (start, length) = text.RawSpan(hits.Min(h => h.Start), hits.Max(h => h.End));
        return message.Substring(start, length);
    }
}
