using System.Text.Json.Nodes;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>The optional body of the calls that make tokens. Names are read in any case: clients write <c>User</c> and <c>user</c>.</summary>
internal sealed record TokenParameters(ChatUser? User, IReadOnlyList<string> TrustedOrigins, string? Locale)
{
    private const int MaxBody = 16 * 1024;
    private const int MaxId = 256;

    private static readonly TokenParameters None = new(null, [], null);

    public static async Task<(TokenParameters Parameters, IResult? Fault)> ReadAsync(HttpRequest request)
    {
        var (body, fault) = await RequestBody.ReadAsync(request, MaxBody);
        if (body is null)
        {
            return (None, fault);
        }

        if (body.AsSpan().Trim((byte)' ').IsEmpty)
        {
            return (None, null);
        }

        return WireJson.ReadObject(body) is { } json ? Read(json) : (None, WireError.BadSyntax);
    }

    private static (TokenParameters Parameters, IResult? Fault) Read(JsonObject json)
    {
        var person = WireJson.AnyCase(json, "user") as JsonObject;
        var id = Text(person, "id");
        var name = Text(person, "name");
        var trusted = WireJson.AnyCase(json, "trustedOrigins") as JsonArray ?? [];
        if (id?.Length > MaxId || name?.Length > MaxId || trusted.Count > 20)
        {
            return (None, WireError.BadArgument("user or trustedOrigins is too long"));
        }

        var origins = trusted.Select(o => o is JsonValue v && v.TryGetValue<string>(out var text) ? text : "").ToList();
        return origins.Exists(o => o.Length is 0 or > 256)
            ? (None, WireError.BadArgument("trustedOrigins must be a list of origins"))
            : (new(string.IsNullOrEmpty(id) ? null : new(id, name), origins, Text(json, "locale")), null);
    }

    private static string? Text(JsonObject? from, string name) =>
        WireJson.AnyCase(from, name) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
