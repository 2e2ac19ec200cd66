namespace Hotline.Server.Turns;

/// <summary>
/// Delivers what commits left in the outbox: one worker per stream, so that a hanging provider never delays a ticket;
/// in order within a conversation, and side by side across conversations. At the end nothing new is begun, and what has
/// begun is finished: a text that is half-way to its provider would have to be settled by the next start.
/// </summary>
internal sealed class OutboxPump(
    IConversationStore store, TurnSignals signals, ReplyDelivery replies, DeskDelivery desk, PumpSettings settings) : BackgroundService
{
    private const int BatchSize = 128;
    private const int AtOnce = 16;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var workers = new List<Task> { RunAsync(OutboxStream.Desk, desk.DeliverAsync, stoppingToken) };
        if (!settings.OutboxPaused)
        {
            workers.Add(RunAsync(OutboxStream.Reply, replies.DeliverAsync, stoppingToken));
            workers.Add(RunAsync(OutboxStream.Bulk, replies.DeliverAsync, stoppingToken));
        }

        return Task.WhenAll(workers);
    }

    private async Task RunAsync(OutboxStream stream, Func<OutboxItem, CancellationToken, Task> deliver, CancellationToken ct)
    {
        await Task.Yield();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var ready = await store.ReadReadyAsync(stream, settings.Watch.Time.GetUtcNow(), BatchSize, ct);
                if (ready.Count == 0)
                {
                    await signals.WaitAsync(stream, Poll, ct);
                    continue;
                }

                await Parallel.ForEachAsync(
                    ready, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (item, _) => await OneAsync(item, deliver, settings.CutOff));
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // a worker that dies is a line that falls silent: say what happened and go on
            catch (Exception e)
            {
                settings.Watch.Log.OutboxStopped(stream, e.GetType().Name, Pause.TotalSeconds);
                await Task.Delay(Pause, settings.Watch.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning restore CA1031
        }
    }

    /// <summary>One entry's fault holds back its own conversation and no other.</summary>
    private async Task OneAsync(OutboxItem item, Func<OutboxItem, CancellationToken, Task> deliver, CancellationToken ct)
    {
        try
        {
            await deliver(item, ct);
        }
#pragma warning disable CA1031 // whatever it is, the entry is tried again
        catch (Exception e) when (e is not (OperationCanceledException or StoreUnavailableException { IsOfOneConversation: false }))
        {
            settings.Watch.Log.EntryFailed(item.Id, e.GetType().Name);
            await store.PostponeAsync(item.Id, settings.Watch.Time.GetUtcNow() + Again, false, ct);
        }
#pragma warning restore CA1031
    }
}

internal sealed record PumpSettings(bool OutboxPaused, TurnWatch Watch)
{
    /// <summary>Cuts off what has begun when a stopping server has no time left.</summary>
    public CancellationToken CutOff { get; init; }
}
