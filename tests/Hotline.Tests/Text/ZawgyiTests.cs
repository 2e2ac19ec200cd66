using System.Text;
using Hotline.Localization;
using Hotline.Sources;
using Hotline.Text;
using Icu;
using Xunit;

namespace Hotline.Tests.Text;

public sealed class ZawgyiTests
{
    private static readonly List<string> Catalog = Texts();

    private static List<string> Texts()
    {
        var file = Path.Combine(ContentFolder.Root, "localization", "my.po");
        return [.. PoReader.Read("my.po", File.ReadAllText(file), new DiagnosticBag())!.Entries.Select(e => e.Text).Where(t => t.Length > 0).Distinct()];
    }

    [Fact]
    public void The_catalog_comes_back_from_Zawgyi()
    {
        Assert.True(Catalog.Count > 150);
        Assert.All(Catalog, t => Assert.Equal(TextNormalizer.Normalize(t), TextNormalizer.Normalize(Zawgyi.ToUnicode(Zawgyi.FromUnicode(t)))));
    }

    /// <summary>ICU's own rules are the measure of ours, which are thirty times as fast.</summary>
    [Fact]
    public void Zawgyi_is_read_as_ICU_reads_it()
    {
        using var icu = Transliterator.CreateInstance("Zawgyi-my");
        using var writes = Transliterator.CreateInstance("my-Zawgyi");
        var phrases = ContentFolder.Read("triage").Concat(ContentFolder.Read("words")).SelectMany(f => f.Text.Split('[', ']', ',', '|', '(', ')', '\n'));
        foreach (var text in Catalog.Concat(phrases.Where(p => p.AsSpan().ContainsAnyInRange('\u1000', '\u109f'))))
        {
            var zawgyi = writes.Transliterate(text);
            var expected = icu.Transliterate(zawgyi).Normalize(NormalizationForm.FormC);
            // ICU takes a four at the end for the sign that looks like it; for us "4" is a four
            expected = text.Contains('၄', StringComparison.Ordinal) ? expected.Replace('၎', '၄') : expected;
            Assert.Equal(TextNormalizer.Normalize(expected), TextNormalizer.Normalize(Zawgyi.ToUnicode(zawgyi)));
        }
    }

    [Theory]
    [InlineData("ေၾကာက္တယ္", "ကြောက်တယ်")]
    [InlineData("အဂၤလိပ္", "အင်္ဂလိပ်")]
    [InlineData("ဥစၥာ", "ဥစ္စာ")]
    [InlineData("ဉာဏ္", "ဉာဏ်")]
    [InlineData("ၾသဂုတ္", "ဩဂုတ်")]
    [InlineData("ဦး", "ဦး")]
    [InlineData("ပုဏၰား", "ပုဏ္ဏား")]
    [InlineData("စ်", "ဈ")]
    [InlineData("HELP ကယ္ပါ 123", "HELP ကယ်ပါ 123")]
    public void Signs_go_where_Unicode_wants_them(string zawgyi, string unicode) => Assert.Equal(unicode, Zawgyi.ToUnicode(zawgyi));

    [Theory]
    [InlineData("ကျေးဇူးတင်ပါတယ်", BurmeseLetters.Unicode)]
    [InlineData("အိမ်ပြန်ချင်တယ်", BurmeseLetters.Unicode)]
    [InlineData("ေက်းဇူးတင္ပါတယ္", BurmeseLetters.Zawgyi)]
    [InlineData("အိမ္ျပန္ခ်င္တယ္", BurmeseLetters.Zawgyi)]
    [InlineData("ျမန္မာ", BurmeseLetters.Zawgyi)]
    [InlineData("မြန်မာ", BurmeseLetters.Unicode)]
    [InlineData("ကူညီပါ", null)] // the same in both
    [InlineData("သူဌေး", null)]
    [InlineData("help", null)]
    [InlineData("", null)]
    [InlineData("၁၂၃", null)]
    public void Detect_says_only_what_is_certain(string message, BurmeseLetters? expected) => Assert.Equal(expected, ZawgyiDetector.Detect(message));

    [Fact]
    public void The_catalog_is_never_taken_for_the_other()
    {
        var burmese = Catalog.Where(t => t.AsSpan().ContainsAnyInRange('\u1000', '\u109f')).ToList();
        Assert.DoesNotContain(burmese, t => ZawgyiDetector.Detect(t) == BurmeseLetters.Zawgyi);
        Assert.DoesNotContain(burmese, t => ZawgyiDetector.Detect(Zawgyi.FromUnicode(t)) == BurmeseLetters.Unicode);
        Assert.True(burmese.Count(t => ZawgyiDetector.Detect(Zawgyi.FromUnicode(t)) == BurmeseLetters.Zawgyi) > 0.97 * burmese.Count);
    }
}
