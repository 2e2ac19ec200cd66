using System.Globalization;
using System.Text;
using Hotline.Server.Hosting;
using Hotline.Triage;

namespace Hotline.Server.StaffConsole;

/// <param name="Stretches">Points of an SVG polyline each; where nothing was measured one ends and another begins.</param>
/// <param name="Last">The newest value, as text.</param>
public sealed record PlotLine(string Name, IReadOnlyList<string> Stretches, string Last);

public sealed record PlotRow(string Time, IReadOnlyList<string> Cells);

/// <summary>One picture of the page of metrics, worked out on the server: lines, axis and the table behind it.</summary>
public sealed class Plot
{
    public const int Width = 420;
    public const int Height = 120;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan RowStep = TimeSpan.FromMinutes(5);

    public required string Title { get; init; }

    public required string Unit { get; init; }

    public required string Top { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required IReadOnlyList<PlotLine> Lines { get; init; }

    public required IReadOnlyList<PlotRow> Rows { get; init; }

    /// <summary>What somebody hears who does not see the picture.</summary>
    public string Summary => $"{Title} ({Unit}), last hour, up to {Top}. Now: {string.Join(", ", Lines.Select(line => $"{line.Name} {line.Last}"))}";

    internal static IReadOnlyList<Plot> All(IReadOnlyList<MetricsSample> samples)
    {
        var channels = samples.SelectMany(s => s.Values.Keys).Where(k => k.StartsWith(Series.LagPrefix, StringComparison.Ordinal)).Distinct().Order().ToList();
        return
        [
            Make("Turns", "a second", [Series.Turns], samples),
            Make("Turn time", "milliseconds", [Series.P50, Series.P95, Series.P99], samples),
            Make("Conflicts and repeats", "in ten seconds", [Series.Conflicts, Series.Duplicates], samples),
            Make("Outbox lag", "seconds, the oldest tried", channels, samples),
            Make("Outbox", "waiting", Series.Waiting, samples),
            Make("Sends by outcome", "in ten seconds", Series.Sends, samples),
            Make("Spool", "messages waiting", [Series.Spool], samples),
            Make("Escalations", "tickets in ten seconds", [.. Enum.GetValues<TriageLevel>().OrderDescending().Select(l => l.ToString())], samples),
        ];
    }

    private static Plot Make(string title, string unit, IReadOnlyList<string> names, IReadOnlyList<MetricsSample> samples)
    {
        var highest = samples.Max(s => names.Max(name => s.Values.TryGetValue(name, out var value) ? value : (double?)0)) ?? 0;
        var top = NiceTop(highest);
        var end = samples[^1].At;
        return new()
        {
            Title = title,
            Unit = unit,
            Top = Text(top),
            From = Time(end - Hour),
            To = Time(end),
            Lines = [.. names.Select(name => new PlotLine(
                name.StartsWith(Series.LagPrefix, StringComparison.Ordinal) ? name[Series.LagPrefix.Length..] : name,
                Stretches(name, samples, end, top),
                samples[^1].Values.TryGetValue(name, out var last) ? Text(last) : "–"))],
            Rows = [.. samples.GroupBy(s => s.At.Ticks / RowStep.Ticks).Select(group => new PlotRow(
                Time(new DateTimeOffset(group.Key * RowStep.Ticks, TimeSpan.Zero)),
                [.. names.Select(name => group.Max(s => s.Values.TryGetValue(name, out var value) ? value : (double?)null) is { } most ? Text(most) : "–")]))],
        };
    }

    private static List<string> Stretches(string name, IReadOnlyList<MetricsSample> samples, DateTimeOffset end, double top)
    {
        var stretches = new List<string>();
        var points = new StringBuilder();
        var count = 0;
        foreach (var sample in samples)
        {
            if (sample.Values.TryGetValue(name, out var value))
            {
                var x = Width * (1 - ((end - sample.At) / Hour));
                var y = Height * (1 - (value / top));
                points.Append(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#} ");
                count++;
            }
            else
            {
                Close();
            }
        }

        Close();
        return stretches;

        void Close()
        {
            if (count == 1)
            {
                var dot = points.ToString(); // a lone point is a line of no length
                points.Append(dot);
            }

            if (count > 0)
            {
                stretches.Add(points.ToString().TrimEnd());
            }

            points.Clear();
            count = 0;
        }
    }

    /// <summary>1, 2 or 5 times a power of ten, so that the scale does not jump with every value.</summary>
    private static double NiceTop(double highest)
    {
        if (highest <= 1)
        {
            return 1;
        }

        var power = Math.Pow(10, Math.Floor(Math.Log10(highest)));
        return new[] { 1, 2, 5, 10 }.Select(step => step * power).First(step => step >= highest);
    }

    private static string Text(double value) => value.ToString(value < 10 ? "0.##" : "0", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.ToString("HH:mm", CultureInfo.InvariantCulture);
}
