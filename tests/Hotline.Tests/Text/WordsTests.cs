using Hotline.Localization;
using Hotline.Sources;
using Hotline.Text;
using Xunit;

namespace Hotline.Tests.Text;

public sealed class WordsTests
{
    private static readonly Words Real = Load();

    private static Words Load()
    {
        var bag = new DiagnosticBag();
        var words = Words.Read(ContentFolder.Read("words"), bag);
        Assert.Empty(bag.Sorted().Select(d => d.ToString()));
        return words;
    }

    private static LanguageTag? Tag(string? tag) => tag is null ? null : LanguageTag.Parse(tag);

    [Theory]
    [InlineData("STOP", null, Command.Stop)]
    [InlineData("stop!!", "th", Command.Stop)]
    [InlineData("หยุดครับ", "th", Command.Stop)]
    [InlineData("ရပ္ပါ", "my", Command.Stop)]
    [InlineData("ຢຸດ", null, Command.Stop)]
    [InlineData("退訂", "zh-Hans", Command.Stop)]
    [InlineData("TD", "zh-Hans", Command.Stop)]
    [InlineData("TD", "vi", null)]
    [InlineData("dung", "vi", null)]
    [InlineData("từ từ", "vi", null)]
    [InlineData("555", "th", null)]
    [InlineData("stop him", "en", null)]
    [InlineData("end my life", "en", null)]
    [InlineData("STOP he is hitting me", "en", null)]
    [InlineData("human", "my", Command.Human)]
    [InlineData("ចាប់ផ្ដើម", null, Command.Start)]
    [InlineData("bat dau", "vi", Command.Start)]
    [InlineData("stoppppp", null, Command.Stop)]
    [InlineData("helllllo", null, Command.Hello)]
    [InlineData("zawgyi", null, Command.Zawgyi)]
    [InlineData("ေဇာ္ဂ်ီ", null, Command.Zawgyi)]
    [InlineData("ယူနီကုဒ်", "en", Command.Unicode)]
    [InlineData("delete my data", "id", Command.Delete)]
    [InlineData("更多", null, Command.More)]
    [InlineData("", null, null)]
    public void FindCommand_takes_whole_messages_only(string message, string? own, Command? expected) =>
        Assert.Equal(expected, Real.FindCommand(message, Tag(own)));

    [Theory]
    [InlineData("ไทย", "th")]
    [InlineData("Thai", "th")]
    [InlineData("မြန်မာ", "my")]
    [InlineData("ျမန္မာ", "my")]
    [InlineData("Tiếng Việt", "vi")]
    [InlineData("tieng viet", "vi")]
    [InlineData("中文", "zh-Hans")]
    [InlineData("bahasa indonesia", "id")]
    [InlineData("ខ្មែរ", "km")]
    public void FindLanguageName_knows_names(string message, string expected) =>
        Assert.Equal(LanguageTag.Parse(expected), Real.FindLanguageName(message));

    [Theory]
    [InlineData("1", "en", 1)]
    [InlineData("1.", "en", 1)]
    [InlineData("(1)", "en", 1)]
    [InlineData("-1", "en", 1)]
    [InlineData("no. 2", "en", 2)]
    [InlineData("option 3", "en", 3)]
    [InlineData("two", "en", 2)]
    [InlineData("b", "en", 2)]
    [InlineData("C", "en", 3)]
    [InlineData("၁။", "my", 1)]
    [InlineData("နံပါတ် ၂", "my", 2)]
    [InlineData("ข้อ๑", "th", 1)]
    [InlineData("เลือกข้อ 2 ค่ะ", "th", 2)]
    [InlineData("สอง", "th", 2)]
    [InlineData("ຂໍ້ ໓", "lo", 3)]
    [InlineData("លេខ៤", "km", 4)]
    [InlineData("第二项", "zh-Hans", 2)]
    [InlineData("我选三", "zh-Hans", 3)]
    [InlineData("两", "zh-Hans", 2)]
    [InlineData("❶", "en", 1)]
    [InlineData("①", "en", 1)]
    [InlineData("1️⃣", "en", 1)]
    [InlineData("１", "en", 1)]
    [InlineData("nomor 2", "id", 2)]
    [InlineData("dua", "id", 2)]
    [InlineData("ba", "vi", 3)]
    [InlineData("số 2", "vi", 2)]
    [InlineData("chon so 2", "vi", 2)]
    [InlineData("Alpha", "en", 1)]
    [InlineData("brav", "en", 2)]
    [InlineData("555", "th", null)]
    [InlineData("12", "en", null)]
    [InlineData("5", "en", null)]
    [InlineData("0", "en", null)]
    [InlineData("½", "en", null)]
    [InlineData("orang2", "id", null)]
    [InlineData("1 or 2", "en", null)]
    [InlineData("1 2", "en", null)]
    [InlineData("1/2", "en", null)]
    [InlineData("1.5", "en", null)]
    [InlineData("1 ช่วยด้วย", "th", null)]
    [InlineData("Ⅱ", "en", 2)]
    [InlineData("ⅲ", "en", 3)]
    [InlineData("🄂", "en", 1)]
    [InlineData("⑵", "en", 2)]
    [InlineData("⒊", "en", 3)]
    [InlineData("²", "en", 2)]
    [InlineData("#1", "en", 1)]
    [InlineData("1!", "en", 1)]
    [InlineData(" 1 \n", "en", 1)]
    [InlineData("1\u200b", "en", 1)]
    [InlineData("[2]", "en", 2)]
    [InlineData("2)", "en", 2)]
    [InlineData("press 2", "en", 2)]
    [InlineData("i choose 2 please", "en", 2)]
    [InlineData("២", "km", 2)]
    [InlineData("ចុច ២", "km", 2)]
    [InlineData("๒ ครับ", "th", 2)]
    [InlineData("กด2", "th", 2)]
    [InlineData("ເລືອກ 2", "lo", 2)]
    [InlineData("၂ ကို ရွေးပါ", "my", 2)]
    [InlineData("႒", "my", 2)]
    [InlineData("選二", "zh-Hans", 2)]
    [InlineData("貳", "zh-Hans", 2)]
    [InlineData("请按2", "zh-Hans", 2)]
    [InlineData("三", "en", 3)]
    [InlineData("สาม", "en", 3)]
    [InlineData("tiga", "id", 3)]
    [InlineData("tekan 3", "id", 3)]
    [InlineData("bốn", "vi", 4)]
    [InlineData("bon", "vi", 4)]
    [InlineData("phim 4", "vi", 4)]
    [InlineData("a.", "en", 1)]
    [InlineData("(d)", "en", 4)]
    [InlineData("e", "en", null)]
    [InlineData("⅓", "en", null)]
    [InlineData("1-2", "en", null)]
    [InlineData("1 и 2", "en", null)]
    [InlineData("11", "en", null)]
    [InlineData("01", "en", 1)]
    [InlineData("001", "en", null)]
    [InlineData("5555", "th", null)]
    [InlineData("๕๕๕", "th", null)]
    [InlineData("520", "zh-Hans", null)]
    [InlineData("一二", "zh-Hans", null)]
    [InlineData("二十", "zh-Hans", null)]
    [InlineData("我有两个孩子", "zh-Hans", null)]
    [InlineData("救2", "zh-Hans", null)]
    [InlineData("at 2 pm", "en", null)]
    [InlineData("2 of us", "en", null)]
    [InlineData("tiga", "en", null)]
    [InlineData("081234", "id", null)]
    [InlineData("ba", "en", null)]
    [InlineData("hai", "en", null)]
    [InlineData("", "en", null)]
    [InlineData("🙏", "en", null)]
    public void Choose_follows_the_recipe(string message, string own, int? expected) =>
        Assert.Equal(expected, Real.Choose(message, LanguageTag.Parse(own), ["Alpha", "Bravo", "Charlie", "Delta"]));

    [Theory]
    [InlineData("yes", "en", true)]
    [InlineData("no", "en", false)]
    [InlineData("ใช่ค่ะ", "th", true)]
    [InlineData("ဟုတ္ကဲ့", "my", true)]
    [InlineData("không", "vi", false)]
    [InlineData("tidak", "id", false)]
    [InlineData("是的", "zh-Hans", true)]
    [InlineData("yes he is here", "en", null)]
    public void YesOrNo_takes_clear_answers(string message, string own, bool? expected) =>
        Assert.Equal(expected, Real.YesOrNo(message, LanguageTag.Parse(own)));

    [Fact]
    public void FindFlow_knows_keywords_and_codes()
    {
        var words = Real.WithCodes([("JOB1", "job_offer")]);
        Assert.Equal("job_offer", words.FindFlow("job1", null));
        Assert.Equal("job_offer", words.FindFlow("งาน", LanguageTag.Thai));
        Assert.Null(words.FindFlow("JOB1 please now", null));
    }

    [Fact]
    public void Every_language_has_a_human_word_and_a_stop_word()
    {
        var languages = Real.Pleas.Select(p => p.Language).Distinct();
        Assert.Equal(LanguageTag.All.Select(t => t.Value).Order(), languages.Select(t => t.Value).Order());
    }

    [Fact]
    public void Faults_are_reported_at_their_place()
    {
        var bag = new DiagnosticBag();
        Words.Read([new("w.yaml", "language: en\ncommands:\n  stop: [halt]\n  start: [halt]\nnumbers: { x: [one] }\nodd: 1\n")], bag);
        Assert.Equal(
            ["w.yaml:4:11: error HL420", "w.yaml:5:12: error HL105", "w.yaml:6:1: error HL102"],
            bag.Sorted().Select(d => d.ToString().Split(": ")[0] + ": error " + d.Code));
    }
}
