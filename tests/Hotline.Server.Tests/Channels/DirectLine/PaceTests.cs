using Hotline.Server.Channels.DirectLine;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hotline.Server.Tests.Channels.DirectLine;

public sealed class PaceTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Next_LetsABurstPass_ThenOnePerStep_AndNeverMoreThanAClientWaits()
    {
        var pace = new Pace(_clock, TimeSpan.FromSeconds(1), burst: 3);
        Assert.All(Enumerable.Range(0, 3), _ => Assert.True(pace.Next("a") <= TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromSeconds(1), pace.Next("a"));
        Assert.Equal(TimeSpan.FromSeconds(2), pace.Next("a"));
        Assert.True(pace.Next("b") <= TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromSeconds(8), Enumerable.Range(0, 100).Select(_ => pace.Next("a")).Max());
    }

    [Fact]
    public void Next_AfterARest_IsFreeAgain()
    {
        var pace = new Pace(_clock, TimeSpan.FromSeconds(1), burst: 1);
        pace.Next("a");
        Assert.True(pace.Next("a") > TimeSpan.Zero);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(pace.Next("a") <= TimeSpan.Zero);
    }
}
