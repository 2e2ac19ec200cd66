using Hotline.Server.Hosting;
using Hotline.Server.StaffConsole;
using Xunit;

namespace Hotline.Server.Tests.Hosting;

public sealed class MetricsHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Percentiles_AreThoseOfTheStretch_WithinAFifth()
    {
        var times = new TimeBuckets();
        times.Add(100_000); // of an earlier stretch
        var from = times.Read();
        Assert.Null(TimeBuckets.Percentile(from, times.Read(), 0.5));
        for (var i = 1; i <= 1000; i++)
        {
            times.Add(i / 10.0);
        }

        Assert.InRange(TimeBuckets.Percentile(from, times.Read(), 0.5)!.Value, 50, 60); // counted above
        Assert.InRange(TimeBuckets.Percentile(from, times.Read(), 0.99)!.Value, 99, 119); // counted above
        times.Add(double.MaxValue);
        times.Add(-1);
    }

    [Fact]
    public void Sample_CountsWhatGrew_AndForgetsAfterAnHour()
    {
        using var metrics = new Metrics();
        var history = new MetricsHistory(metrics);
        metrics.Turns.Add(50);
        metrics.Waited("sms", TimeSpan.FromSeconds(3));
        metrics.Waited("sms", TimeSpan.FromSeconds(1));
        history.Sample(Start, Waiting(2));
        history.Sample(Start.AddSeconds(10), Waiting(2)); // nothing tried, and something waits: it still waits
        metrics.Turns.Add(100);
        metrics.TurnTook(TimeSpan.FromMilliseconds(5));
        history.Sample(Start.AddSeconds(20), Waiting(0));
        var read = history.Read();
        Assert.Equal([5, 0, 10], read.Select(s => s.Values[Series.Turns]));
        Assert.Equal([3, 3], read.Take(2).Select(s => s.Values["lag sms"]));
        Assert.False(read[2].Values.ContainsKey("lag sms"));
        Assert.False(read[1].Values.ContainsKey(Series.P99));
        Assert.InRange(read[2].Values[Series.P99], 5, 6);
        for (var i = 0; i < MetricsHistory.Capacity; i++)
        {
            history.Sample(Start.AddSeconds(30 + (i * 10)), Waiting(0));
        }

        Assert.Equal(MetricsHistory.Capacity, history.Read().Count);
        Assert.Equal(Start.AddSeconds(30), history.Read()[0].At);
    }

    [Fact]
    public void Plot_BreaksItsLineWhereNothingWasMeasured_AndSaysInWordsWhatItShows()
    {
        MetricsSample[] samples =
        [
            new(Start, new Dictionary<string, double> { [Series.P50] = 10 }),
            new(Start.AddMinutes(10), new Dictionary<string, double> { [Series.P50] = 40 }),
            new(Start.AddMinutes(20), new Dictionary<string, double>()),
            new(Start.AddMinutes(30), new Dictionary<string, double> { [Series.P50] = 20 }),
        ];
        var plot = Plot.All(samples).Single(p => p.Title == "Turn time");
        Assert.Equal("50", plot.Top);
        Assert.Equal(["210,96 280,24", "420,72 420,72"], plot.Lines[0].Stretches);
        Assert.Equal("Turn time (milliseconds), last hour, up to 50. Now: p50 20, p95 –, p99 –", plot.Summary);
        Assert.Equal(["10", "40", "–", "20"], plot.Rows.Select(row => row.Cells[0]));
        Assert.Equal("12:30", plot.To);
    }

    private static Dictionary<string, long> Waiting(long reply) => new() { ["desk"] = 0, ["reply"] = reply, ["bulk"] = 0 };
}
