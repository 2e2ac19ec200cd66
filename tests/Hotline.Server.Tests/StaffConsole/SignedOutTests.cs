using System.Net;
using System.Net.Http.Headers;
using Hotline.Server.Tests.EndToEnd;
using Xunit;

namespace Hotline.Server.Tests.StaffConsole;

/// <summary>Every address of the staff door, asked by somebody who has not signed in, and every one of them at the public door.</summary>
public sealed class SignedOutTests : IAsyncLifetime
{
    private static readonly string[] Guarded =
        ["/", "/tickets/any", "/metrics.json", "/health/details", "/api/desk/feed?after=0", "/_blazor", "/_blazor/negotiate?negotiateVersion=1", "/sign-out"];

    private readonly ServerProcess _server = new();
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });

    public Task InitializeAsync() => _server.StartAsync();

    [Fact]
    public async Task StaffDoor_SignedOut_ServesNothingButTheWayIn()
    {
        foreach (var path in Guarded)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
            {
                using var answer = await AskAsync(method, _server.StaffUrl + path, null);
                var toSignIn = answer.StatusCode == HttpStatusCode.Found && answer.Headers.Location?.ToString().Contains("/sign-in", StringComparison.Ordinal) == true;
                Assert.True(
                    toSignIn || answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.BadRequest,
                    $"{method} {path}: {answer.StatusCode}");
            }
        }

        foreach (var path in new[] { "/metrics.json", "/health/details", "/api/desk/feed" })
        {
            using var wrong = await AskAsync(HttpMethod.Get, _server.StaffUrl + path, "not-the-token-0123456789");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
            using var right = await AskAsync(HttpMethod.Get, _server.StaffUrl + path, StaffClient.FeedToken);
            Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        }

        using var signIn = await AskAsync(HttpMethod.Get, _server.StaffUrl + "/sign-in", null);
        Assert.Equal(HttpStatusCode.OK, signIn.StatusCode);
        Assert.Contains("frame-ancestors 'none'", string.Join(';', signIn.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StaffDoor_AFormWithoutItsToken_IsRefused()
    {
        foreach (var path in new[] { "/sign-in", "/setup" })
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["email"] = "a@example.org", ["password"] = "x", ["digits"] = "1", ["code"] = "c", ["secret"] = "AAAA",
            });
            using var answer = await _http.PostAsync(_server.StaffUrl + path, form);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }

        using var setup = await AskAsync(HttpMethod.Get, _server.StaffUrl + "/setup?code=guess", null);
        Assert.Equal(HttpStatusCode.NotFound, setup.StatusCode);
    }

    [Fact]
    public async Task PublicDoor_HasNoneOfTheStaffPages_AlsoWithATokenAndAForgedHost()
    {
        foreach (var path in Guarded.Where(p => p != "/").Append("/sign-in").Append("/setup?code=x").Append("/console.js").Append("/_framework/blazor.web.js"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _server.PublicUrl + path);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", StaffClient.FeedToken);
            request.Headers.Host = new Uri(_server.StaffUrl).Authority;
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string address, string? token)
    {
        using var request = new HttpRequestMessage(method, address);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
