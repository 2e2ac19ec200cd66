using Hotline.Triage;

namespace Hotline.Server.Hosting;

/// <summary>What was measured in one stretch of time.</summary>
/// <param name="Values">By name: see <see cref="Series"/>. A name that is missing was not measured then.</param>
internal sealed record MetricsSample(DateTimeOffset At, IReadOnlyDictionary<string, double> Values);

/// <summary>The names under which samples are kept.</summary>
internal static class Series
{
    public const string Turns = "turns/s";
    public const string P50 = "p50";
    public const string P95 = "p95";
    public const string P99 = "p99";
    public const string Conflicts = "conflicts";
    public const string Duplicates = "duplicates";
    public const string Spool = "spool";
    public const string LagPrefix = "lag ";

    public static readonly string[] Sends = ["sent", "retry", "rejected", "opted_out", "unknown"];

    public static readonly string[] Waiting = ["desk", "reply", "bulk"];
}

/// <summary>The last hour of this copy in memory, ten seconds a sample: what the page of metrics draws without any other service.</summary>
internal sealed class MetricsHistory(Metrics metrics)
{
    public const int Capacity = 360;
    public static readonly TimeSpan Step = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Queue<MetricsSample> _samples = new(Capacity);
    private readonly Dictionary<string, long> _counts = [];
    private long[] _times = metrics.TurnTimes.Read();
    private IReadOnlyDictionary<string, double> _lags = new Dictionary<string, double>();

    public IReadOnlyList<MetricsSample> Read()
    {
        lock (_lock)
        {
            return [.. _samples];
        }
    }

    /// <summary>Closes the stretch that ends now.</summary>
    /// <param name="waiting">What waits in each stream and in the spool; empty while the store is away.</param>
    public void Sample(DateTimeOffset now, IReadOnlyDictionary<string, long> waiting)
    {
        lock (_lock)
        {
            var values = waiting.ToDictionary(w => w.Key, w => (double)w.Value, StringComparer.Ordinal);
            var seconds = _samples.Count == 0 ? Step.TotalSeconds : Math.Max(1, (now - _samples.Last().At).TotalSeconds);
            foreach (var (name, count) in Counts())
            {
                var grown = count - _counts.GetValueOrDefault(name);
                values[name] = name == Series.Turns ? grown / seconds : grown;
                _counts[name] = count;
            }

            var times = metrics.TurnTimes.Read();
            foreach (var (name, share) in new[] { (Series.P50, 0.5), (Series.P95, 0.95), (Series.P99, 0.99) })
            {
                if (TimeBuckets.Percentile(_times, times, share) is { } time)
                {
                    values[name] = time;
                }
            }

            _times = times;
            AddLags(values, metrics.TakeLags(), waiting);
            if (_samples.Count == Capacity)
            {
                _samples.Dequeue();
            }

            _samples.Enqueue(new(now, values));
        }
    }

    /// <summary>While something waits between two tries, it still waits.</summary>
    private void AddLags(Dictionary<string, double> values, IReadOnlyDictionary<string, double> lags, IReadOnlyDictionary<string, long> waiting)
    {
        if (lags.Count > 0 || Series.Waiting.All(stream => waiting.GetValueOrDefault(stream) == 0))
        {
            _lags = lags;
        }

        foreach (var (channel, lag) in _lags)
        {
            values[Series.LagPrefix + channel] = lag;
        }
    }

    private Dictionary<string, long> Counts()
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            [Series.Turns] = metrics.Turns.Value,
            [Series.Conflicts] = metrics.Conflicts.Value,
            [Series.Duplicates] = metrics.Duplicates.Value,
            ["sent"] = metrics.Sent.Value,
            ["retry"] = metrics.Retried.Value,
            ["rejected"] = metrics.Rejected.Value,
            ["opted_out"] = metrics.OptedOut.Value,
            ["unknown"] = metrics.Unknown.Value,
        };
        foreach (var level in Enum.GetValues<TriageLevel>())
        {
            counts[level.ToString()] = metrics.Tickets(level).Value;
        }

        return counts;
    }
}
