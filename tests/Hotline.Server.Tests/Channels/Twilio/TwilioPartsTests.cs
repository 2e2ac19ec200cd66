using Hotline.Server.Channels.Twilio;
using Hotline.Text;
using Xunit;

namespace Hotline.Server.Tests.Channels.Twilio;

public class TwilioPartsTests
{
    [Theory]
    [InlineData("Keep your passport. ", 60, false, 1)]
    [InlineData("Keep your passport. ", 80, false, 2)]
    [InlineData("Keep your passport. ", 80, true, 1)]
    [InlineData("Keep your passport. ", 100, true, 2)]
    [InlineData("အလုပ်ရှင်က နိုင်ငံကူးလက်မှတ်ကို သိမ်းထားပါသလား။ ", 10, false, 1)]
    [InlineData("အလုပ်ရှင်က နိုင်ငံကူးလက်မှတ်ကို သိမ်းထားပါသလား။ ", 40, false, 4)]
    [InlineData("🆘", 900, false, 4)]
    [InlineData("🆘", 900, true, 2)]
    public void Split_LongText_GivesNumberedPartsThatCarriersAndTheProviderTake(string sentence, int times, bool whatsApp, int parts)
    {
        var text = string.Concat(Enumerable.Repeat(sentence, times)).Trim();
        var split = TwilioParts.Split(text, whatsApp);
        Assert.Equal(parts, split.Count);
        Assert.Equal(split, TwilioParts.Split(text, whatsApp));
        Assert.All(split, part => Assert.True(part.Length <= TwilioParts.MaxUnits && (whatsApp || SmsSegments.Count(part).Segments <= 8), $"{part.Length} units"));
        if (parts == 1)
        {
            Assert.Equal([text], split);
            return;
        }

        Assert.All(split.Select((part, i) => (part, i)), p => Assert.EndsWith($" ({p.i + 1}/{parts})", p.part, StringComparison.Ordinal));
        var words = string.Concat(split.Select(part => part[..part.LastIndexOf(" (", StringComparison.Ordinal)]));
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), words.Replace(" ", "", StringComparison.Ordinal));
    }
}
