using Hotline.Server.Hosting;

namespace Hotline.Server.Turns;

/// <summary>Looks every ten seconds at what waits, and closes a sample of the last hour.</summary>
internal sealed class MetricsSampler(IConversationStore store, InboundSpool spool, MetricsHistory history, TurnWatch watch) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(MetricsHistory.Step, watch.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                history.Sample(watch.Time.GetUtcNow(), await WaitingAsync(stoppingToken));
            }
        }
        catch (OperationCanceledException)
        {
            // stopping
        }
    }

    private async Task<IReadOnlyDictionary<string, long>> WaitingAsync(CancellationToken ct)
    {
        var waiting = new Dictionary<string, long>(StringComparer.Ordinal) { [Series.Spool] = spool.Count };
        watch.Metrics.SpoolWaiting.Record(spool.Count);
        try
        {
            var depth = await store.CountOutboxAsync(ct);
            foreach (var (stream, count) in Series.Waiting.Zip([depth.Desk, depth.Reply, depth.Bulk]))
            {
                waiting[stream] = count;
                watch.Metrics.OutboxWaiting.Record(count, new KeyValuePair<string, object?>("stream", stream));
            }
        }
        catch (StoreUnavailableException)
        {
            // the store is away: the plots have a gap
        }

        return waiting;
    }
}
