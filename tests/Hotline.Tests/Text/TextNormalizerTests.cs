using FsCheck;
using FsCheck.Fluent;
using Hotline.Text;
using Xunit;

namespace Hotline.Tests.Text;

public sealed class TextNormalizerTests
{
    [Theory]
    [InlineData("ＨＥＬＰ", "help")]
    [InlineData("Cafe\u0301", "café")]
    [InlineData("a\u200Bb\uFEFF", "ab")]
    [InlineData("1\uFE0F\u20E3", "1")]
    [InlineData("①❶➀", "111")]
    [InlineData("½", "1⁄2")]
    [InlineData("ข้อ๑ ໑ ១ ၁ １", "ข้อ1 1 1 1 1")]
    [InlineData("  two \r\n  words ", "two words")]
    [InlineData("เเม่", "แม่")]
    [InlineData("น้ำ", "นํ้า")]
    [InlineData("ນ້ຳ", "ນໍ້າ")]
    [InlineData("ໜ ໝ ຫຼ", "ຫນ ຫມ ຫລ")]
    [InlineData("၀ယ်", "ဝယ်")]
    [InlineData("၁၀ရက်", "10ရက်")]
    [InlineData("H\u0331", "ẖ")]
    public void Normalize_repairs(string raw, string expected) => Assert.Equal(expected, TextNormalizer.Normalize(raw));

    [Theory]
    [InlineData("น้ำ", "น\u0e4d\u0e49า")]
    [InlineData("ນ້ຳ", "ນ\u0ecd\u0ec9າ")]
    [InlineData("ที่", "ท\u0e48ี")]
    [InlineData("ចាប់ផ្តើម", "ចាប់ផ្ដើម")]
    [InlineData("កោ", "ក\u17c1\u17b6")]
    [InlineData("ខ្ញុំ", "ខ្ញ\u17c6\u17bb")]
    [InlineData("ស្ត្រី", "ស\u17d2\u179a\u17d2\u178fី")]
    [InlineData("ကို", "က\u102f\u102d")]
    [InlineData("မ့်", "မ\u103a\u1037")]
    [InlineData("hòa", "hoà")]
    [InlineData("ພາສາລາວ", "ພາສາ\u200bລາວ")]
    public void Normalize_makes_twins_equal(string one, string other) =>
        Assert.Equal(TextNormalizer.Normalize(one), TextNormalizer.Normalize(other));

    [Theory]
    [InlineData("Can't go!", "cant go")]
    [InlineData("ช่วย ด้วย", "ช่วยด้วย")]
    [InlineData("อายุ 15 ปี", "อายุ15ปี")]
    [InlineData("護照被扣", "护照被扣")]
    [InlineData("help🙏me", "help me")]
    public void Key_leaves_only_words(string raw, string expected) => Assert.Equal(expected, TextNormalizer.Key(raw));

    [Fact]
    public void RawSpan_leads_back_to_the_raw_text()
    {
        const string raw = "\u200b ＨＥ\u200bＬＰ น้ำ";
        var text = TextNormalizer.Read(raw, matching: true, new());
        var (start, length) = text.RawSpan(0, 4);
        Assert.Equal("ＨＥ\u200bＬＰ", raw.Substring(start, length));
    }

    [Fact]
    public void Normalize_is_total_and_idempotent_on_any_units()
    {
        var units = Gen.Choose(0, 0xffff).Select(i => (char)i);
        var near = Gen.OneOf(
            Gen.Choose(0x0e00, 0x0eff), Gen.Choose(0x1000, 0x109f), Gen.Choose(0x1780, 0x17ff), Gen.Choose(0x20, 0x17f),
            Gen.Choose(0x300, 0x36f), Gen.Choose(0x1e00, 0x1fff), Gen.Choose(0xd800, 0xdfff), Gen.Choose(0xff00, 0xffff)).Select(i => (char)i);
        var texts = Gen.OneOf(units, near).ArrayOf().Select(chars => new string(chars));
        Prop.ForAll(texts.ToArbitrary(), raw =>
        {
            var once = TextNormalizer.Normalize(raw);
            return TextNormalizer.Normalize(once) == once && TextNormalizer.Key(raw).Length <= 20 * raw.Length;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(10000).WithEndSize(60));
    }

    /// <summary><c>HOTLINE_CASES=1000000</c> asks more of it.</summary>
    [Fact]
    public void Any_text_is_read_without_a_fault_and_leads_back_to_itself()
    {
        var many = int.Parse(Environment.GetEnvironmentVariable("HOTLINE_CASES") ?? "5000", System.Globalization.CultureInfo.InvariantCulture);
        var near = Gen.OneOf(
            Gen.Choose(0x0e00, 0x0eff), Gen.Choose(0x1000, 0x109f), Gen.Choose(0x1780, 0x17ff), Gen.Choose(0x20, 0x17f),
            Gen.Choose(0x300, 0x36f), Gen.Choose(0x1e00, 0x1fff), Gen.Choose(0xd800, 0xdfff), Gen.Choose(0, 0xffff)).Select(i => (char)i);
        Prop.ForAll(near.ArrayOf().Select(chars => new string(chars)).ToArbitrary(), raw =>
        {
            var once = TextNormalizer.Normalize(raw);
            var text = TextNormalizer.Read(raw, matching: true, new());
            var (start, length) = text.RawSpan(0, text.Length);
            LanguageDetector.Detect(raw);
            Zawgyi.ToUnicode(raw);
            return TextNormalizer.Normalize(once) == once && start >= 0 && start + length <= raw.Length
                && SmsSegments.Count(raw).Segments >= 1 && ZawgyiDetector.Detect(once) is null or BurmeseLetters.Unicode or BurmeseLetters.Zawgyi;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(many).WithEndSize(60));
    }

    [Fact]
    public void Normalize_takes_a_megabyte_of_anything()
    {
        foreach (var unit in new[] { "\ud800", "\u0301", "\u17d2", "\u103a", "ก\u0e48", " ", "\u1039က", "1" })
        {
            var raw = string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length));
            Assert.True(TextNormalizer.Normalize(raw).Length <= raw.Length);
        }
    }

    [Theory]
    [InlineData("မ္း", "မ်း")]
    [InlineData("ျမန္မာ", "မြန်မာ")]
    [InlineData("ေက်းဇူးတင္ပါတယ္", "ကျေးဇူးတင်ပါတယ်")]
    [InlineData("အကူအညီလိုခ်င္တယ္", "အကူအညီလိုချင်တယ်")]
    [InlineData("မဟုတ္ဘူး", "မဟုတ်ဘူး")]
    [InlineData("ကယ္ပါ", "ကယ်ပါ")]
    [InlineData("အေရးေပၚ", "အရေးပေါ်")]
    [InlineData("ပတ္စပို႔", "ပတ်စပို့")]
    [InlineData("လူကုန္ကူးမႈ", "လူကုန်ကူးမှု")]
    [InlineData("ကူညီပါ", "ကူညီပါ")]
    public void Zawgyi_is_read_as_Unicode(string zawgyi, string unicode) =>
        Assert.Equal(TextNormalizer.Normalize(unicode), TextNormalizer.Normalize(Zawgyi.ToUnicode(zawgyi)));
}
