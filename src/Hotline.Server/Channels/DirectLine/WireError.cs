using System.Text.Json.Nodes;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>An answer of this API: a status and a JSON object.</summary>
internal sealed class WireAnswer(int status, JsonObject body) : IResult
{
    public static WireAnswer Ok(JsonObject body) => new(StatusCodes.Status200OK, body);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = WireJson.Write(body);
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = bytes.Length;
        httpContext.Response.Headers.CacheControl = "no-store";
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}

/// <summary>The refusals of Direct Line: <c>{"error":{"code","message"}}</c> with stable codes.</summary>
internal static class WireError
{
    public static IResult NoToken { get; } = Of(401, "Unauthorized", "An Authorization header of the form 'Bearer …' is wanted");

    public static IResult BadToken { get; } = Of(403, "BadArgument", "Invalid token or secret");

    public static IResult TokenExpired { get; } = Of(403, "TokenExpired", "Token has expired");

    public static IResult WrongConversation { get; } = Of(403, "BadArgument", "The token is for another conversation");

    public static IResult WrongOrigin { get; } = Of(403, "BadArgument", "This site may not open a chat here");

    public static IResult NoConversation { get; } = Of(404, "BadArgument", "Conversation not found");

    public static IResult NotFound { get; } = Of(404, "BadArgument", "Not found");

    public static IResult TooBig { get; } = Of(400, "MessageSizeTooBig", "The message is too big");

    public static IResult BadSyntax { get; } = Of(400, "BadSyntax", "The body is not the JSON object that was expected");

    public static IResult Unavailable { get; } = Of(503, "ServiceError", "Nothing can be kept at the moment; the message was not sent");

    public static IResult Internal { get; } = Of(500, "ServiceError", "The request failed");

    public static IResult Missing(string property) => Of(400, "MissingProperty", $"'{property}' is missing");

    public static IResult BadArgument(string what) => Of(400, "BadArgument", what);

    private static WireAnswer Of(int status, string code, string message) =>
        new(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
}
