using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Hotline.Triage;

namespace Hotline.Server.Hosting;

/// <summary>
/// What was counted since the start: shown at <c>/metrics.json</c> and published as .NET metrics under the meter
/// <see cref="MeterName"/>. Numbers and codes only.
/// </summary>
internal sealed class Metrics : IDisposable
{
    public const string MeterName = "Hotline";

    private readonly Meter _meter = new(MeterName);
    private readonly Count[] _tickets;
    private readonly Histogram<double> _turnTime;
    private readonly Histogram<double> _lag;
    private readonly ConcurrentDictionary<string, double> _lags = new(StringComparer.Ordinal);

    public Metrics()
    {
        Turns = new(_meter, "hotline.turns");
        Conflicts = new(_meter, "hotline.conflicts");
        Duplicates = new(_meter, "hotline.duplicates");
        Sent = new(_meter, "hotline.sends.sent");
        Retried = new(_meter, "hotline.sends.retry");
        Rejected = new(_meter, "hotline.sends.rejected");
        OptedOut = new(_meter, "hotline.sends.opted_out");
        Unknown = new(_meter, "hotline.sends.unknown");
        BadForms = new(_meter, "hotline.webhook.bad_forms");
        Forged = new(_meter, "hotline.webhook.forged");
        Spooled = new(_meter, "hotline.spooled");
        SpoolDamaged = new(_meter, "hotline.spool.damaged");
        FailedTurns = new(_meter, "hotline.failed_turns");
        _turnTime = _meter.CreateHistogram<double>("hotline.turn.duration", "ms", "From a message at hand to its durable turn");
        _lag = _meter.CreateHistogram<double>("hotline.outbox.lag", "s", "Age of a text or fact when it was tried, by channel");
        OutboxWaiting = _meter.CreateGauge<long>("hotline.outbox.waiting", null, "Entries that wait, by stream");
        SpoolWaiting = _meter.CreateGauge<long>("hotline.spool.waiting", null, "Messages taken while the store was away");
        _tickets = [.. Enum.GetNames<TriageLevel>().Select(name => new Count(_meter, $"hotline.tickets.{name}"))];
    }

    public Count Turns { get; }

    public Count Conflicts { get; }

    public Count Duplicates { get; }

    public Count Sent { get; }

    public Count Retried { get; }

    public Count Rejected { get; }

    public Count OptedOut { get; }

    public Count Unknown { get; }

    /// <summary>Webhooks refused because of their form.</summary>
    public Count BadForms { get; }

    /// <summary>Webhooks with a wrong signature, account or number.</summary>
    public Count Forged { get; }

    public Count Spooled { get; }

    public Count SpoolDamaged { get; }

    /// <summary>Turns that ended in an exception of ours and so in a human.</summary>
    public Count FailedTurns { get; }

    /// <summary>Tickets opened at this level.</summary>
    public Count Tickets(TriageLevel level) => _tickets[(int)level];

    public TimeBuckets TurnTimes { get; } = new();

    public Gauge<long> OutboxWaiting { get; }

    public Gauge<long> SpoolWaiting { get; }

    public void TurnTook(TimeSpan time)
    {
        TurnTimes.Add(time.TotalMilliseconds);
        _turnTime.Record(time.TotalMilliseconds);
    }

    /// <summary>How old something of the outbox was when its delivery was tried.</summary>
    /// <param name="channel">Its configured name; or <c>desk</c>.</param>
    public void Waited(string channel, TimeSpan age)
    {
        var seconds = Math.Max(0, age.TotalSeconds);
        _lag.Record(seconds, new KeyValuePair<string, object?>("channel", channel));
        _lags.AddOrUpdate(channel, static (_, now) => now, static (_, old, now) => Math.Max(old, now), seconds);
    }

    /// <summary>The longest wait per channel since the last call.</summary>
    public IReadOnlyDictionary<string, double> TakeLags()
    {
        var taken = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var channel in _lags.Keys)
        {
            if (_lags.TryRemove(channel, out var longest))
            {
                taken[channel] = longest;
            }
        }

        return taken;
    }

    public void Dispose() => _meter.Dispose();
}

/// <summary>One counter that can be read back.</summary>
internal sealed class Count(Meter meter, string name)
{
    private readonly Counter<long> _counter = meter.CreateCounter<long>(name);
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Add(long n = 1)
    {
        Interlocked.Add(ref _value, n);
        _counter.Add(n);
    }
}
