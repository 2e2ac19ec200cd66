using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hotline.Server.Cases;
using Hotline.Server.Desk;
using Hotline.Server.Hosting;
using Hotline.Server.Turns;
using Hotline.Triage;
using Microsoft.AspNetCore.Authentication;

namespace Hotline.Server.StaffConsole;

/// <summary>What machines of the house may read: the live feed, the counters, the health in detail. Ids and levels only.</summary>
internal static class StaffFeed
{
    private const int Page = 200;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("").AllowAnonymous().AddEndpointFilter(async (context, next) =>
            await IsAllowedAsync(context.HttpContext) ? await next(context) : Results.Unauthorized());
        staff.MapGet("/api/desk/feed", FeedAsync);
        staff.MapGet("/metrics.json", async (Metrics metrics, IConversationStore store, InboundSpool spool, CancellationToken ct) =>
            Results.Content((await ReportAsync(metrics, store, spool, ct)).ToJsonString(), "application/json"));
        staff.MapGet("/health/details", async (Readiness readiness, CancellationToken ct) =>
            Results.Content((await readiness.DetailsAsync(ct)).ToJsonString(), "application/json"));
    }

    private static async Task<bool> IsAllowedAsync(HttpContext http)
    {
        if ((await http.AuthenticateAsync(StaffConsoleSetup.Scheme)).Succeeded)
        {
            return true;
        }

        var header = http.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.Ordinal)
            && http.RequestServices.GetRequiredService<DeskOptions>().FeedTokens.Any(token =>
                CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(header["Bearer ".Length..])));
    }

    private static async Task FeedAsync(long? after, HttpContext http, CaseFeed feed, GracefulStop stop, TimeProvider time)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stop.Stopping);
        try
        {
            await FollowAsync(after, http, feed, time, end.Token);
        }
        catch (OperationCanceledException) when (stop.IsStopping)
        {
            // whoever listens comes back to another copy, or to the next start, with the last number
        }
    }

    private static async Task FollowAsync(long? after, HttpContext http, CaseFeed feed, TimeProvider time, CancellationToken ct)
    {
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-store";
        var last = after ?? (long.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : 0);
        // a number that was never given, as after a restored back-up: whoever waited for it would never hear of a ticket again
        last = Math.Min(last, await feed.LastAsync(ct));
        await http.Response.WriteAsync(": open\n\n", ct);
        await http.Response.Body.FlushAsync(ct);
        while (!ct.IsCancellationRequested)
        {
            var waiting = feed.WaitAsync(Beat, time, ct); // before reading, so that no change falls in between
            var entries = await feed.ReadAsync(last, Page, ct);
            foreach (var entry in entries)
            {
                var data = new JsonObject { ["n"] = entry.Number, ["kind"] = entry.Kind, ["ticket"] = entry.Ticket, ["level"] = entry.Level.ToString() };
                await http.Response.WriteAsync($"id: {entry.Number}\ndata: {data.ToJsonString()}\n\n", ct);
                last = entry.Number;
            }

            if (entries.Count == 0)
            {
                await http.Response.WriteAsync(": still here\n\n", ct);
            }

            await http.Response.Body.FlushAsync(ct);
            if (entries.Count < Page)
            {
                await waiting;
            }
        }
    }

    private static async Task<JsonObject> ReportAsync(Metrics metrics, IConversationStore store, InboundSpool spool, CancellationToken ct)
    {
        var depth = await store.CountOutboxAsync(ct);
        var tickets = new JsonObject();
        foreach (var level in Enum.GetValues<TriageLevel>().OrderDescending())
        {
            tickets[level.ToString()] = metrics.Tickets(level).Value;
        }

        return new()
        {
            ["turns"] = metrics.Turns.Value,
            ["conflicts"] = metrics.Conflicts.Value,
            ["duplicates"] = metrics.Duplicates.Value,
            ["sends"] = new JsonObject
            {
                ["sent"] = metrics.Sent.Value,
                ["retry"] = metrics.Retried.Value,
                ["rejected"] = metrics.Rejected.Value,
                ["opted_out"] = metrics.OptedOut.Value,
                ["unknown"] = metrics.Unknown.Value,
            },
            ["tickets"] = tickets,
            ["outbox"] = new JsonObject { ["desk"] = depth.Desk, ["reply"] = depth.Reply, ["bulk"] = depth.Bulk },
            ["spool"] = spool.Count,
            ["allocated_bytes"] = GC.GetTotalAllocatedBytes(),
        };
    }
}
