using System.Text;
using Hotline.Server.Desk;
using Xunit;

namespace Hotline.Server.Tests.Desk;

public sealed class TotpTests
{
    private static readonly byte[] Rfc = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B (the last six of its eight digits).</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Code_IsThatOfTheRfc(long seconds, string code) =>
        Assert.Equal(code, Totp.Code(Rfc, Totp.Step(DateTimeOffset.FromUnixTimeSeconds(seconds))));

    [Fact]
    public void ReadSecret_IsBase32()
    {
        Assert.Equal(Rfc, Totp.ReadSecret("GEZDGNBVGY3TQOJQ GEZDGNBVGY3TQOJQ"));
        Assert.Equal(Rfc, Totp.ReadSecret("gezdgnbvgy3tqojqgezdgnbvgy3tqojq===="));
        Assert.Null(Totp.ReadSecret("1!"));
        Assert.Equal(20, Totp.ReadSecret(Totp.NewSecret())!.Length);
    }

    [Fact]
    public void Match_TakesANeighbourStepOnce_AndNothingElse()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_000_000);
        var step = Totp.Step(now);
        Assert.Equal(step, Totp.Match(Rfc, Totp.Code(Rfc, step), now, 0));
        Assert.Equal(step - 1, Totp.Match(Rfc, Totp.Code(Rfc, step - 1), now, 0));
        Assert.Null(Totp.Match(Rfc, Totp.Code(Rfc, step), now, step));
        Assert.Null(Totp.Match(Rfc, Totp.Code(Rfc, step - 2), now, 0));
        Assert.Null(Totp.Match(Rfc, "", now, 0));
    }
}
