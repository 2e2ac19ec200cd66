using Hotline.Text;
using Xunit;

namespace Hotline.Tests.Text;

public sealed class SmsTests
{
    [Theory]
    [InlineData("hello", "GSM-7", 5, 1)]
    [InlineData("{}[]€", "GSM-7", 10, 1)]
    [InlineData("à", "GSM-7", 1, 1)]
    [InlineData("ç", "UCS-2", 1, 1)]
    [InlineData("co\u2010op", "UCS-2", 5, 1)]
    [InlineData("ช่วย", "UCS-2", 4, 1)]
    [InlineData("👨‍👩‍👧", "UCS-2", 8, 1)]
    public void Count_knows_the_encoding(string text, string encoding, int units, int segments) =>
        Assert.Equal(new SmsCount(encoding, units, segments), SmsSegments.Count(text));

    [Theory]
    [InlineData('a', 160, 1)]
    [InlineData('a', 161, 2)]
    [InlineData('a', 306, 2)]
    [InlineData('a', 307, 3)]
    [InlineData('ก', 70, 1)]
    [InlineData('ก', 71, 2)]
    [InlineData('ก', 134, 2)]
    [InlineData('ก', 135, 3)]
    [InlineData('[', 80, 1)]
    [InlineData('[', 81, 2)]
    public void Count_knows_the_limits(char c, int times, int segments) =>
        Assert.Equal(segments, SmsSegments.Count(new string(c, times)).Segments);

    [Fact]
    public void An_escape_pair_is_never_cut() =>
        Assert.Equal(3, SmsSegments.Count(new string('a', 152) + "[" + new string('a', 152)).Segments);

    [Fact]
    public void A_surrogate_pair_is_never_cut() =>
        Assert.Equal(3, SmsSegments.Count(new string('ก', 66) + "😀" + new string('ก', 66)).Segments);

    [Theory]
    [InlineData("ស្ត្រីម្នាក់ត្រូវបានគេដកលិខិតឆ្លងដែននិងឃុំខ្លួននៅក្នុងផ្ទះមួយ")]
    [InlineData("ကျွန်တော့်ပတ်စပို့ကိုအလုပ်ရှင်ကသိမ်းထားပြီးအပြင်ထွက်ခွင့်မပေးဘူးအင်္ဂလိပ်လိုမပြောတတ်ဘူး")]
    [InlineData("นายจ้างยึดหนังสือเดินทางของฉันไว้และไม่ให้ออกไปไหนเลยช่วยด้วย")]
    [InlineData("ນາຍຈ້າງຍຶດໜັງສືຜ່ານແດນຂອງຂ້ອຍແລະບໍ່ໃຫ້ອອກໄປໃສ")]
    [InlineData("老板扣了我的护照，不让我出门，请帮帮我。")]
    [InlineData("A plain English text, long enough to be cut into more than one part by the limit.")]
    public void Split_loses_nothing_and_tears_no_syllable(string text)
    {
        for (var max = 16; max < text.Length; max += 5)
        {
            var parts = SmsPaging.Split(text, max);
            Assert.Equal(text, string.Concat(parts));
            Assert.All(parts, p => Assert.InRange(p.Length, 1, max));
            var at = 0;
            foreach (var part in parts)
            {
                at += part.Length;
                Assert.True(ClusterEdges.IsEdge(text, at), $"torn at {at} with parts of {max}");
            }
        }
    }

    [Fact]
    public void Split_copes_with_a_run_that_never_breaks()
    {
        var text = string.Concat(Enumerable.Repeat("😀\u0301\ud800", 700));
        Assert.Equal(text, string.Concat(SmsPaging.Split(text, 160)));
        Assert.All(SmsPaging.Split(new string('x', 5000), 1600), p => Assert.InRange(p.Length, 1, 1600));
    }
}
