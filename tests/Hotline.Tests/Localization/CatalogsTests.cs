using Hotline.Localization;
using Hotline.Sources;
using Xunit;

namespace Hotline.Tests.Localization;

public sealed class CatalogsTests
{
    private static readonly TextRef Hello = new("a/hello", "Hello", SourceSpan.WholeFile("a"));

    [Theory]
    [InlineData("msgstr \"สวัสดี\"", "", "สวัสดี", "th")]
    [InlineData("msgstr \"\"", "", "Hello", "en")]
    [InlineData("msgstr \"สวัสดี\"", "#, fuzzy\n", "Hello", "en")]
    [InlineData("msgstr \"สวัสดี\"", "#, fuzzy\n#| msgid \"Hi\"\n", "สวัสดี", "th")]
    [InlineData("msgstr \"สวัสดี\"", "#, fuzzy\n#| msgctxt \"other\"\n#| msgid \"Hi\"\n", "Hello", "en")]
    public void Find_serves_translations_and_stale_ones_but_no_guesses(string msgstr, string before, string text, string language)
    {
        var catalogs = Thai($"{before}msgctxt \"a/hello\"\nmsgid \"Hello\"\n{msgstr}\n");

        Assert.Equal((text, LanguageTag.Parse(language)), catalogs.Find(Hello, LanguageTag.Thai));
    }

    [Fact]
    public void Find_in_a_language_without_catalog_is_English()
    {
        Assert.Equal(("Hello", LanguageTag.English), Thai("").Find(Hello, LanguageTag.Lao));
        Assert.Equal(("Hello", LanguageTag.English), Catalogs.Empty.Find(Hello, LanguageTag.English));
    }

    private static Catalogs Thai(string entries)
    {
        var bag = new DiagnosticBag();
        var file = PoReader.Read("th.po", "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n" + entries, bag);
        Assert.Empty(bag.Items);
        return Catalogs.Of(new Dictionary<LanguageTag, PoFile> { [LanguageTag.Thai] = file });
    }
}
