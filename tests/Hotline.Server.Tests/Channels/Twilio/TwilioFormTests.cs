using System.Text;
using Hotline.Server.Channels.Twilio;
using Xunit;

namespace Hotline.Server.Tests.Channels.Twilio;

public class TwilioFormTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a=1&b=2", "a:1|b:2")]
    [InlineData("a=1&a=2&a=1", "a:1|a:2|a:1")]
    [InlineData("a=&b&&=c", "a:|b:|:c")]
    [InlineData("a=x=y", "a:x=y")]
    [InlineData("From=%2B66812345678&Body=It%27s+a%20%26+b", "From:+66812345678|Body:It's a & b")]
    [InlineData("Body=%E1%80%80%E1%80%B0%E1%80%8A%E1%80%AE", "Body:ကူညီ")]
    [InlineData("Body=%f0%9f%86%98", "Body:🆘")]
    public void Read_Form_GivesPairsInOrder(string body, string expected) =>
        Assert.Equal(expected, string.Join('|', TwilioForm.Read(Encoding.UTF8.GetBytes(body))!.Select(p => $"{p.Name}:{p.Value}")));

    [Theory]
    [InlineData("Body=%FF")]
    [InlineData("Body=%E1%80")]
    [InlineData("Body=%C0%AF")]
    [InlineData("Body=%ED%A0%80")]
    [InlineData("B%80dy=1")]
    [InlineData("Body=100%")]
    [InlineData("Body=%4")]
    [InlineData("Body=%zz")]
    public void Read_BrokenEscapeOrNotUtf8_IsNoForm(string body) => Assert.Null(TwilioForm.Read(Encoding.ASCII.GetBytes(body)));

    [Fact]
    public void Read_RawBytesThatAreNotUtf8_IsNoForm() => Assert.Null(TwilioForm.Read([(byte)'a', (byte)'=', 0xC3, 0x28]));

    [Fact]
    public void Read_AThousandPairs_AreTheMost()
    {
        Assert.Equal(1000, TwilioForm.Read(Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Repeat("a=1", 1000))))!.Count);
        Assert.Null(TwilioForm.Read(Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Repeat("a=1", 1001)))));
    }
}
