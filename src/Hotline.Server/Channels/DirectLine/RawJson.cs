namespace Hotline.Server.Channels.DirectLine;

/// <summary>An answer that is JSON already.</summary>
internal sealed class RawJson(byte[] json) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = json.Length;
        httpContext.Response.Headers.CacheControl = "no-store";
        await httpContext.Response.Body.WriteAsync(json, httpContext.RequestAborted);
    }
}
