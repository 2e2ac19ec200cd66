namespace Hotline.Server.Turns;

/// <summary>
/// Delivers what commits left in the outbox: one worker per stream, so that a hanging provider never delays a ticket;
/// in order within a conversation, and side by side across conversations. At the end nothing new is begun, and what has
/// begun is finished: a text that is half-way to its provider would have to be settled by the next start.
/// </summary>
internal sealed class OutboxPump(
    IDeliveryStore store, TurnSignals signals, ReplyDelivery replies, DeskDelivery desk, PumpSettings settings) : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        store.OnReady(signals.Wake);
        var workers = new List<Task> { RunAsync(OutboxStream.Desk, desk.DeliverAsync, stoppingToken) };
        if (!settings.OutboxPaused)
        {
            workers.Add(RunAsync(OutboxStream.Reply, replies.DeliverAsync, stoppingToken));
            workers.Add(RunAsync(OutboxStream.Bulk, replies.DeliverAsync, stoppingToken));
        }

        return Task.WhenAll(workers);
    }

    /// <summary>Takes as many entries as have a free place, and never waits for one that hangs.</summary>
    private async Task RunAsync(OutboxStream stream, Func<OutboxItem, CancellationToken, Task> deliver, CancellationToken ct)
    {
        await Task.Yield();
        var running = new List<Task>();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                running.RemoveAll(task => task.IsCompleted);
                var free = settings.PlacesOf(stream) - running.Count;
                var taken = free > 0 ? await store.TakeReadyAsync(stream, settings.Watch.Time.GetUtcNow(), free, ct) : [];
                running.AddRange(taken.Select(item => OneAsync(item, deliver)));
                if (taken.Count == 0)
                {
                    await signals.WaitAsync(stream, Poll, ct);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // a worker that dies is a line that falls silent: say what happened and go on
            catch (Exception e)
            {
                settings.Watch.Log.OutboxStopped(stream, e.GetType().Name, Pause.TotalSeconds);
                await Task.Delay(Pause, settings.Watch.Time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning restore CA1031
        }

        await Task.WhenAll(running);
    }

    /// <summary>One entry's fault holds back its own conversation and no other.</summary>
    private async Task OneAsync(OutboxItem item, Func<OutboxItem, CancellationToken, Task> deliver)
    {
        await Task.Yield();
        try
        {
            using var until = CancellationTokenSource.CreateLinkedTokenSource(settings.CutOff, item.Hold.Lost);
            await TryAsync(item, deliver, until.Token);
        }
#pragma warning disable CA1031 // the entry stands where it was; it is taken again
        catch (Exception e)
        {
            settings.Watch.Log.EntryFailed(item.Id, e.GetType().Name);
            await Task.Delay(Pause, settings.Watch.Time, settings.CutOff).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
#pragma warning restore CA1031
        finally
        {
            item.Hold.Dispose();
            signals.Wake(item.Stream);
        }
    }

    private async Task TryAsync(OutboxItem item, Func<OutboxItem, CancellationToken, Task> deliver, CancellationToken ct)
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

    /// <summary>How many entries of a stream are on their way at once.</summary>
    public int PlacesOf(OutboxStream stream) => stream == OutboxStream.Reply ? 64 : 16;
}
