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
    [InlineData("")]
    [InlineData("555")]
    [InlineData("ok")]
    [InlineData("hai")]
    [InlineData("🙏🙏")]
    [InlineData("café")]
    public void One_word_digits_and_signs_say_nothing(string message) =>
        Assert.Null(LanguageDetector.Detect(message).Language);

    [Theory]
    [InlineData("ၵူၼ်းတႆး")]
    [InlineData("မံက်လဝ်ဍုၚ်")]
    [InlineData("助けてください")]
    [InlineData("도와주세요")]
    [InlineData("помогите")]
    [InlineData("مساعدة")]
    public void Other_languages_are_told_apart(string message) =>
        Assert.True(LanguageDetector.Detect(message).Unsupported);
}
