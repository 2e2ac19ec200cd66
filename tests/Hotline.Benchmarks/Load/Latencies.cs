using System.Globalization;

namespace Hotline.Benchmarks.Load;

/// <summary>What a run of requests took, in milliseconds.</summary>
internal sealed class Latencies
{
    private readonly List<double> _all = [];

    public int Count => _all.Count;

    public int Failed { get; private set; }

    public TimeSpan Elapsed { get; set; }

    public double Rate => _all.Count / Elapsed.TotalSeconds;

    public void Add(IReadOnlyCollection<double> some, int failed)
    {
        lock (_all)
        {
            _all.AddRange(some);
            Failed += failed;
        }
    }

    public double At(double part)
    {
        _all.Sort();
        return _all.Count == 0 ? 0 : _all[Math.Min(_all.Count - 1, (int)(_all.Count * part))];
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {At(0.5):F1}  p95 {At(0.95):F1}  p99 {At(0.99):F1}  p99.9 {At(0.999):F1} ms, {Failed} failed");
}
