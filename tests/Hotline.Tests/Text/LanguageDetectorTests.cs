using Hotline.Text;
using Xunit;

namespace Hotline.Tests.Text;

public sealed class LanguageDetectorTests
{
    [Theory]
    [InlineData("ช่วยด้วย", "th")]
    [InlineData("ကူညီပါ", "my")]
    [InlineData("ေက်းဇူးတင္ပါတယ္", "my")]
    [InlineData("ជួយខ្ញុំផង", "km")]
    [InlineData("ຊ່ວຍແດ່", "lo")]
    [InlineData("cứu tôi với", "vi")]
    [InlineData("được", "vi")]
    [InlineData("救命", "zh-Hans")]
    [InlineData("護照被扣", "zh-Hans")]
    [InlineData("OK ฉันอยู่ที่นี่", "th")]
    [InlineData("passport ถูกยึด", "th")]
    [InlineData("ၾကည့္ပါဦး", "my")]
    [InlineData("美の味", "zh-Hans")]
    [InlineData("ở KK Park", "vi")]
    public void A_script_is_certain(string message, string language)
    {
        var guess = LanguageDetector.Detect(message);
        Assert.Equal((language, true, false), (guess.Language?.Value, guess.Certain, guess.Unsupported));
    }

    [Theory]
    [InlineData("i need some information please", "en")]
    [InlineData("where can i get work permit", "en")]
    [InlineData("toi muon hoi ve viec lam", "vi")]
    [InlineData("em dang o ben do", "vi")]
    [InlineData("saya mau tanya soal kerja", "id")]
    [InlineData("gimana cara pulang ke rumah", "id")]
    public void Latin_words_only_propose(string message, string language)
    {
        var guess = LanguageDetector.Detect(message);
        Assert.Equal((language, false), (guess.Language?.Value, guess.Certain));
    }

    [Theory]
    [InlineData("ข้อยออกบ่ได้", "lo")]
    [InlineData("เฮ็ดเวียกอยู่ไทย", "lo")]
    public void Lao_in_Thai_letters_is_only_proposed(string message, string language)
    {
        var guess = LanguageDetector.Detect(message);
        Assert.Equal((language, false, "th"), (guess.Language?.Value, guess.Certain, guess.Reads?.Value));
    }

    [Theory]
    [InlineData("my friend Nguyễn is missing since last week", "en")]
    [InlineData("teman saya Đức belum pulang sampai sekarang", "id")]
    public void A_name_with_marks_does_not_make_a_sentence_Vietnamese(string message, string language)
    {
        var guess = LanguageDetector.Detect(message);
        Assert.Equal((language, false), (guess.Language?.Value, guess.Certain));
    }

    [Theory]
    [InlineData("")]
    [InlineData("555")]
    [InlineData("ok")]
    [InlineData("hai")]
    [InlineData("🙏🙏")]
    [InlineData("café")]
    [InlineData("hello hello")]
    [InlineData("OK bye")]
    [InlineData("081 234 5678")]
    [InlineData("Nam")]
    [InlineData("ku nyi par ohn")]
    [InlineData("juoy knhom phong")]
    [InlineData("jiu ming a")]
    public void One_word_digits_and_signs_say_nothing(string message) =>
        Assert.Null(LanguageDetector.Detect(message).Language);

    [Theory]
    [InlineData("ၵူၼ်းတႆး")]
    [InlineData("မံက်လဝ်ဍုၚ်")]
    [InlineData("မင်္ဂလာနွံသာ်")]
    [InlineData("တၢ်ဘျုးဒိၣ်မး")]
    [InlineData("大丈夫ですか")]
    [InlineData("助けてください")]
    [InlineData("도와주세요")]
    [InlineData("помогите")]
    [InlineData("مساعدة")]
    public void Other_languages_are_told_apart(string message) =>
        Assert.True(LanguageDetector.Detect(message).Unsupported);
}
