using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hotline.Benchmarks.Load;

/// <summary>The provider's side: takes every text, keeps none, and knows how many there were.</summary>
internal static class Provider
{
    public static async Task<int> RunAsync(int port)
    {
        var taken = 0L;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.MapGet("/taken", () => Volatile.Read(ref taken).ToString(CultureInfo.InvariantCulture));
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapPost("/2010-04-01/Accounts/{sid}/Messages.json", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            var number = Interlocked.Increment(ref taken);
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"sid":"SM{{number:x32}}","status":"queued","to":"{{form["To"]}}","from":"{{Webhook.To}}","num_segments":"1","error_code":null}"""));
        });
        app.MapGet("/2010-04-01/Accounts/{sid}/Messages.json", () => Results.Text("""{"messages":[],"next_page_uri":null}""", "application/json"));
        await app.RunAsync();
        return 0;
    }
}
