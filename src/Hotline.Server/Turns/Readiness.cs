using System.Text.Json.Nodes;
using Hotline.Server.Hosting;

namespace Hotline.Server.Turns;

/// <summary>Whether a message can be accepted durably now: by the store, or else by the spool.</summary>
internal sealed class Readiness(IConversationStore store, InboundSpool spool, ContentHolder content, Metrics metrics, GracefulStop stop)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("""{"status":"live"}""", "application/json"))
            .Behind(ListenerTag.Public).Behind(ListenerTag.Staff);
        routes.MapGet("/health/ready", async (CancellationToken ct) => Answer(await StatusAsync(ct)))
            .Behind(ListenerTag.Public).Behind(ListenerTag.Staff);
    }

    public async Task<JsonObject> DetailsAsync(CancellationToken ct) => new()
    {
        ["status"] = await StatusAsync(ct),
        ["store"] = await store.IsAvailableAsync(ct),
        ["spool_durable"] = spool.IsDurable(),
        ["spool"] = spool.Count,
        ["spool_damaged"] = metrics.SpoolDamaged.Value,
        ["content"] = content.Current.Version,
        ["failed_turns"] = metrics.FailedTurns.Value,
    };

    private async Task<string> StatusAsync(CancellationToken ct) =>
        stop.IsStopping ? "stopping" : await store.IsAvailableAsync(ct) ? "ready" : spool.IsDurable() ? "degraded" : "unavailable";

    private static IResult Answer(string status) =>
        Results.Text($$"""{"status":"{{status}}"}""", "application/json", statusCode: status is "unavailable" or "stopping" ? 503 : 200);
}
