using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Hotline.Benchmarks.Load;

/// <summary>
/// The ceiling: Kestrel, the signature, one read and one scripted write of as many bytes as a turn of ours writes, and for
/// <c>whole</c> one POST to the provider. It understands nothing and answers nobody.
/// </summary>
internal static class BareServer
{
    private const string Script = "redis.call('SET', KEYS[1], ARGV[1]) redis.call('SET', KEYS[2], '1', 'EX', 172800) return 1";

    /// <param name="words">Port, port of Redis, port of the provider or 0.</param>
    public static async Task<int> RunAsync(ReadOnlyMemory<string> words)
    {
        var numbers = words.ToArray().Select(w => int.Parse(w, CultureInfo.InvariantCulture)).ToArray();
        var (port, redisPort, providerPort) = (numbers[0], numbers[1], numbers[2]);
        byte[] value = [];
        var redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redisPort}");
        redis.PreserveAsyncOrder = false;
        var db = redis.GetDatabase();
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 });
        var url = $"http://127.0.0.1:{port}";
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        var app = builder.Build();
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapPost("/size/{bytes:int}", (int bytes) => { value = new byte[bytes]; });
        app.MapPost(Webhook.Path, async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            var signed = url + Webhook.Path + string.Concat(form.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + f.Value));
            if (Webhook.Sign(signed) != context.Request.Headers["X-Twilio-Signature"])
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }

            var from = form["From"].ToString();
            RedisKey conversation = $"bare:{{{from[^2..]}}}:{from}";
            RedisKey seen = $"bare:{{{from[^2..]}}}:{form["MessageSid"]}";
            await db.StringGetAsync([conversation, seen]);
            await db.ScriptEvaluateAsync(Script, [conversation, seen], [value]);
            if (providerPort > 0)
            {
                using var content = new FormUrlEncodedContent([new("To", from), new("From", Webhook.To), new("Body", "What do you want to do? Write a number.")]);
                using var answer = await http.PostAsync($"http://127.0.0.1:{providerPort}/2010-04-01/Accounts/{Webhook.Sid}/Messages.json", content);
                answer.EnsureSuccessStatusCode();
            }

            context.Response.ContentType = "text/xml";
            context.Response.ContentLength = 11;
            await context.Response.WriteAsync("<Response/>");
        });
        await app.RunAsync();
        return 0;
    }
}
