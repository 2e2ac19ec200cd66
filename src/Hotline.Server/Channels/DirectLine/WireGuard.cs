using Hotline.Server.Turns;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>
/// Stands before every route of this room: cross-site headers on every answer (a browser hides an error without them),
/// preflights, and a JSON body for whatever goes wrong.
/// </summary>
internal static class WireGuard
{
    private const string Headers = "authorization, content-type, x-ms-bot-agent, x-requested-with";

    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var response = context.Response;
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (SiteRules.OriginOf(context.Request) is { } origin)
        {
            response.Headers.AccessControlAllowOrigin = origin;
            response.Headers.Vary = "Origin";
            if (context.RequestServices.GetRequiredService<SiteRules>().IsTrusted(context.Request, origin))
            {
                response.Headers.AccessControlAllowCredentials = "true";
            }
        }

        if (HttpMethods.IsOptions(context.Request.Method))
        {
            response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
            response.Headers.AccessControlAllowHeaders = Headers;
            response.Headers.AccessControlMaxAge = "86400";
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var answer = await AnswerAsync(context, next);
        if (answer is not null && !response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await answer.ExecuteAsync(context);
        }
    }

    private static async Task<IResult?> AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);

            // An answer of ours has a length; a bare 404 or 405 is the router's.
            return context.Response.StatusCode is 404 or 405 && context.Response.ContentLength is null ? WireError.NotFound : null;
        }
        catch (StoreUnavailableException)
        {
            return WireError.Unavailable;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge ? WireError.TooBig : WireError.BadSyntax;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // the last place that can give the answer the form that clients read
        catch (Exception e)
        {
            context.RequestServices.GetRequiredService<ILogger<SiteRules>>().RequestFailed(e.GetType().Name, e.StackTrace);
            return WireError.Internal;
        }
#pragma warning restore CA1031
    }
}
