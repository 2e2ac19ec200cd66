using System.Net.Http.Headers;
using System.Text.Json;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>The staff door by a feed token.</summary>
internal static class StaffClient
{
    public const string FeedToken = "feed-token-of-the-tests-0123456789";

    public static async Task<JsonElement> MetricsAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{server.StaffUrl}/metrics.json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", FeedToken);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.Clone();
    }
}
