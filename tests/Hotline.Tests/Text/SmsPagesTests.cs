using Hotline.Text;
using Xunit;

namespace Hotline.Tests.Text;

public sealed class SmsPagesTests
{
    private const string Hint = "To read on, write MORE.";

    [Theory]
    [InlineData("Keep a copy of your passport and tell somebody you trust where you go. ", 20)]
    [InlineData("ကျွန်တော့်ပတ်စပို့ကိုအလုပ်ရှင်ကသိမ်းထားတယ်။ ", 12)]
    [InlineData("นายจ้างยึดหนังสือเดินทางของฉันไว้และไม่ให้ออกไปไหนเลย", 12)]
    [InlineData("老板扣了我的护照，不让我出门，请帮帮我。", 30)]
    [InlineData("{}[]|~^ €", 60)]
    public void Pages_lose_nothing_and_keep_the_budget(string sentence, int times)
    {
        var text = string.Concat(Enumerable.Repeat(sentence, times)).Trim();
        var read = "";
        var pages = 0;
        for (var left = text; left is not null; pages++)
        {
            (var page, left) = SmsPages.Cut(left, Hint);
            Assert.InRange(SmsSegments.Count(page).Segments, 1, SmsPages.Segments);
            Assert.Equal(left is not null, page.EndsWith("\n" + Hint, StringComparison.Ordinal));
            read += left is null ? page : page[..^(Hint.Length + 1)];
        }

        Assert.True(pages > 1);
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), read.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_text_that_fits_is_one_page() => Assert.Equal(("short", null), SmsPages.Cut("short", Hint));

    [Fact]
    public void What_is_kept_has_an_end() =>
        Assert.InRange(SmsSegments.Count(SmsPages.Keep(new string('က', 5000))).Segments, 1, 3 * SmsPages.Segments);
}
