using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hotline.Server.Channels.WebChat;

/// <summary>
/// The chat page, put together once from its parts: one answer holds everything, so that it fits into the first packets
/// of a slow line. The policy names the hashes of the style and the script; nothing else may run.
/// </summary>
internal sealed class WebChatPage
{
    private readonly byte[] _plain;
    private readonly byte[] _zipped;
    private readonly string _policy;

    public WebChatPage(WebChatOptions options)
    {
        var style = Part("chat.css");
        var script = Part("chat.js");
        var data = new JsonObject { ["exit"] = options.QuickExitUrl, ["texts"] = JsonNode.Parse(Part("texts.json")) };
        var page = Part("chat.html")
            .Replace("/*style*/", style, StringComparison.Ordinal)
            .Replace("/*data*/", data.ToJsonString(Readable).Replace("<", "\\u003c", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("/*script*/", script, StringComparison.Ordinal);
        _plain = Encoding.UTF8.GetBytes(page);
        _zipped = Zip(_plain);
        _policy = $"default-src 'none'; style-src '{HashOf(style)}'; script-src '{HashOf(script)}'; connect-src 'self'; img-src data:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /// <summary>Letters stand as they are: they weigh less than escapes.</summary>
    private static JsonSerializerOptions Readable { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public int ZippedSize => _zipped.Length;

    public async Task ServeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = _policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.Vary = "Accept-Encoding";
        var zip = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (zip)
        {
            headers.ContentEncoding = "gzip";
        }

        var body = zip ? _zipped : _plain;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static string Part(string name)
    {
        using var stream = typeof(WebChatPage).Assembly.GetManifestResourceStream($"chat/{name}")
            ?? throw new InvalidOperationException($"the part {name} of the chat page is missing in the build");
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // Hashes are taken over line feeds, as browsers do.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static byte[] Zip(byte[] plain)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.SmallestSize))
        {
            zip.Write(plain);
        }

        return zipped.ToArray();
    }
}
