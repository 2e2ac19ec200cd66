using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>A collector on loopback that keeps the bodies as they came. Protobuf holds its texts as plain UTF-8.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string Body)> _bodies = new();

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/{**path}", async (HttpRequest request) =>
        {
            using var copy = new MemoryStream();
            await request.Body.CopyToAsync(copy);
            _bodies.Enqueue((request.Path.Value ?? "", Encoding.UTF8.GetString(copy.ToArray())));
            return Results.Bytes([], "application/x-protobuf");
        });
    }

    public string Url { get; private set; } = "";

    /// <summary>All that came so far on this path.</summary>
    public string Read(string path) => string.Concat(_bodies.Where(b => b.Path == path).Select(b => b.Body));

    public string ReadAll() => string.Concat(_bodies.Select(b => b.Body));

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        receiver.Url = receiver._app.Urls.Single();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
