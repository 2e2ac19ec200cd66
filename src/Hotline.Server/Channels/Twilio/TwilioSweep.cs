using System.Globalization;
using Hotline.Server.Turns;

namespace Hotline.Server.Channels.Twilio;

/// <summary>
/// Fetches what no webhook brought: every minute, and at start back to the last good sweep, inbound messages are listed
/// per number and the unseen ones are run, oldest first, by the same way as a webhook.
/// </summary>
internal sealed class TwilioSweep(TwilioLines lines, TurnHandler turns, InboundSpool spool, IConversationStore store, TwilioWatch watch) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(10);

    /// <summary>Reaches back over the last sweep's edge: the provider lists a message some time after its date.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>Seen ids are kept 48 h; what is older could be answered twice, so an overlap ends there.</summary>
    private static readonly TimeSpan SeenFor = TimeSpan.FromHours(47);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var good = true;
            foreach (var line in lines.All)
                good &= await SweepAsync(line, stoppingToken);

            await Task.Delay(good ? Every : Again, watch.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One number once. <c>false</c>: something is left to be tried again.</summary>
    public async Task<bool> SweepAsync(TwilioLine line, CancellationToken ct)
    {
        var name = line.Options.Name;
        try
        {
            // what was acknowledged first is run first
            if (spool.HasBacklog)
                return false;

            var began = watch.Time.GetUtcNow();
            var mark = $"twilio.sweep.{name}";
            if (await ListAsync(line, Since(await store.ReadMarkAsync(mark, ct), began), ct) is not { } messages)
                return false;

            if (!await RunAsync(line, messages, ct))
                return false;

            await store.WriteMarkAsync(mark, began.ToString("O", CultureInfo.InvariantCulture), ct);
            return true;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return false;
        }
#pragma warning disable CA1031 // the sweep must not die: say what happened and try again
        catch (Exception e)
        {
            watch.Log.SweepStopped(name, e.GetType().Name);
            return false;
        }
#pragma warning restore CA1031
    }

    private static DateTimeOffset Since(string? mark, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParse(mark, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var last))
            return now - Overlap; // the first sweep of this number: older messages were another system's
        return now - last > SeenFor ? last : last - Overlap;
    }

    /// <summary>Oldest first; <c>null</c> when a page could not be had.</summary>
    private async Task<IReadOnlyList<TwilioMessage>?> ListAsync(TwilioLine line, DateTimeOffset since, CancellationToken ct)
    {
        var to = string.IsNullOrEmpty(line.Options.From) ? "" : $"To={Uri.EscapeDataString(line.Options.From)}&";
        var query = $"{to}DateSent%3E={Uri.EscapeDataString(since.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))}&PageSize=500";
        var found = new List<TwilioMessage>();
        for (string? next = query; !string.IsNullOrEmpty(next);)
        {
            var answer = await line.Api.ListAsync(next, ct);
            if (answer.Page is not { } page)
            {
                watch.ListFailed(line.Options.Name, answer.Status);
                return null;
            }

            found.AddRange(page.Messages);
            next = page.NextPageUri;
        }

        // newest first as listed; times are whole seconds, so equal ones keep the turned-round order of the list
        found.Reverse();
        return [.. found.Where(m => m.Created is not { } at || at >= since.AddSeconds(-1)).OrderBy(m => m.Created)];
    }

    private async Task<bool> RunAsync(TwilioLine line, IReadOnlyList<TwilioMessage> messages, CancellationToken ct)
    {
        var good = true;
        var brought = 0;
        foreach (var message in messages)
        {
            if (line.Recent.Contains(message.Sid) || TwilioInbound.FromList(line.Options, message) is not { } request)
                continue;

            try
            {
                if (spool.MustWait(request))
                {
                    good = false; // behind an earlier one of the same person
                    continue;
                }

                if (await turns.HandleAsync(request, ct) is TurnOutcome.Done)
                    brought++;
                line.Recent.Add(message.Sid);
            }
#pragma warning disable CA1031 // one message that cannot be run must not keep the others out
            catch (Exception e) when (e is not (OperationCanceledException or StoreUnavailableException { IsOfOneConversation: false }))
            {
                watch.Log.SweepFailed(line.Options.Name, message.Sid, e.GetType().Name);
                good = false;
            }
#pragma warning restore CA1031
        }

        if (brought > 0)
            watch.Log.Swept(line.Options.Name, brought);
        return good;
    }
}
