using Hotline.Conversations;

namespace Hotline.Server.Turns;

/// <summary>Fires waits that have run out, drains the spool, and removes what has outlived its time.</summary>
internal sealed class TurnClock(IConversationStore store, TurnHandler turns, InboundSpool spool, TurnWatch watch) : BackgroundService
{
    private const int Batch = 256;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PurgeEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Tick, watch.Time);
        var purged = watch.Time.GetUtcNow();
        do
        {
            try
            {
                await spool.DrainAsync(turns.HandleAsync, stoppingToken);
                await FireAsync(stoppingToken);
                if (watch.Time.GetUtcNow() - purged > PurgeEvery)
                {
                    purged = watch.Time.GetUtcNow();
                    if (await store.PurgeAsync(purged, stoppingToken) is > 0 and var count)
                    {
                        watch.Log.Purged(count);
                    }
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the clock must not die: say what happened and tick on
            catch (Exception e)
            {
                watch.Log.ClockStopped(e.GetType().Name);
            }
#pragma warning restore CA1031
        }
        while (await NextAsync(timer, stoppingToken));
    }

    private async Task FireAsync(CancellationToken ct)
    {
        foreach (var due in await store.ReadDueAsync(watch.Time.GetUtcNow(), Batch, ct))
        {
            try
            {
                await turns.HandleAsync(due.Address, new TurnInput.WaitTimedOut(due.WaitToken), ct);
            }
#pragma warning disable CA1031 // one conversation's fault must not keep the others waiting
            catch (Exception e) when (e is not (OperationCanceledException or StoreUnavailableException { IsOfOneConversation: false }))
            {
                watch.Log.ClockStopped(e.GetType().Name);
            }
#pragma warning restore CA1031
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
