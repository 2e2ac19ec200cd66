using Hotline.Cli.Measuring;
using Xunit;

namespace Hotline.Tests.Cli;

public sealed class WilsonTests
{
    [Theory]
    [InlineData(0, 10, 0.0, 0.278)]
    [InlineData(10, 10, 0.722, 1.0)]
    [InlineData(81, 263, 0.255, 0.366)]
    public void Interval_is_the_published_one(int hits, int total, double low, double high)
    {
        var interval = new Wilson(hits, total).Interval();

        Assert.Equal(low, interval.Low, 3);
        Assert.Equal(high, interval.High, 3);
    }

    [Fact]
    public void Nothing_counted_says_nothing() => Assert.Equal((0, 1), new Wilson(0, 0).Interval());
}
