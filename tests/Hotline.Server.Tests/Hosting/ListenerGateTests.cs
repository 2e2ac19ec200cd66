using System.Net;
using Hotline.Server.Hosting;
using Hotline.Server.Tests.EndToEnd;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Hotline.Server.Tests.Hosting;

/// <summary>Two real sockets: what is behind one door cannot be had through the other, whatever the headers say.</summary>
public sealed class ListenerGateTests : IAsyncLifetime
{
    private readonly ListenOptions _listen = new()
    {
        Public = $"http://127.0.0.1:{ServerProcess.FreePort()}",
        Staff = $"http://127.0.0.1:{ServerProcess.FreePort()}",
    };

    private WebApplication _app = null!; // set before the first test

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<MatcherPolicy, ListenerGate>();
        builder.WebHost.ConfigureKestrel(kestrel => ListenerGate.Listen(kestrel, _listen));
        _app = builder.Build();
        _app.MapGet("/", () => "chat").Behind(ListenerTag.Public);
        _app.MapGet("/", () => "console").Behind(ListenerTag.Staff);
        _app.MapGet("/both", () => "both").Behind(ListenerTag.Public).Behind(ListenerTag.Staff);
        _app.MapGet("/secret", () => "secret").Behind(ListenerTag.Staff);
        _app.MapGet("/forgotten", () => "nobody said which door");
        await _app.StartAsync();
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData(true, "/", "chat")]
    [InlineData(false, "/", "console")]
    [InlineData(true, "/both", "both")]
    [InlineData(false, "/both", "both")]
    [InlineData(false, "/secret", "secret")]
    [InlineData(true, "/secret", null)]
    [InlineData(true, "/forgotten", null)]
    [InlineData(false, "/forgotten", null)]
    public async Task Get_ThroughADoor_ServesOnlyWhatIsBehindIt(bool publicDoor, string path, string? text)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, (publicDoor ? _listen.Public : _listen.Staff) + path);
        request.Headers.Host = new Uri(publicDoor ? _listen.Staff : _listen.Public).Authority; // the other door's name
        request.Headers.Add("X-Forwarded-Host", "localhost");
        using var answer = await http.SendAsync(request);
        if (text is null)
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        else
        {
            Assert.Equal(text, await answer.Content.ReadAsStringAsync());
        }
    }
}
