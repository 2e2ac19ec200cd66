using Hotline.Server.Channels.Twilio;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hotline.Server.Tests.Channels.Twilio;

public class TwilioPaceTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 23, 59, 0, TimeSpan.Zero));

    [Fact]
    public void Take_NoLimit_NeverWaits()
    {
        var pace = new TwilioPace(0, 0, _time);
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.Equal(TimeSpan.Zero, pace.Take(20)));
        Assert.False(pace.IsDayFull());
    }

    [Fact]
    public void Take_OneSegmentASecond_QueuesSendersAndForgetsThemWithTime()
    {
        var pace = new TwilioPace(1, 0, _time);
        Assert.Equal([0, 0, 2, 3], new[] { 1, 2, 1, 1 }.Select(segments => pace.Take(segments).TotalSeconds));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.Zero, pace.Take(1));
    }

    [Fact]
    public void Take_LongerThanTheLongestWait_TakesNothing()
    {
        var pace = new TwilioPace(1, 10, _time);
        pace.Take(9);
        var wait = pace.Take(9);
        Assert.True(wait > TwilioPace.LongestWait);
        Assert.Equal(wait, pace.Take(9));
        Assert.False(pace.IsDayFull());
    }

    [Fact]
    public void IsDayFull_SegmentsUsedUp_UntilTheNextDay()
    {
        var pace = new TwilioPace(0, 3, _time);
        pace.Take(2);
        Assert.False(pace.IsDayFull());
        pace.Take(2);
        Assert.True(pace.IsDayFull());
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(pace.IsDayFull());
    }
}
