using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>
/// Makes and reads tokens in the compact form of a JWT: real clients decode it and take the claim <c>user</c>. One
/// algorithm, one fixed header: a token cannot choose how it is checked.
/// </summary>
internal sealed class DirectLineTokens(SigningKey key, TimeProvider time)
{
    /// <summary>Clients refresh every 15 minutes and count on 30.</summary>
    public static readonly TimeSpan ChatLife = TimeSpan.FromMinutes(30);

    public static readonly TimeSpan StreamLife = TimeSpan.FromMinutes(1);

    public static readonly TimeSpan ResumeLife = TimeSpan.FromHours(24);

    private static readonly string Header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8);

    public static string NewConversationId() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    public string Issue(string conversation, TokenUse use, ChatUser? user, IReadOnlyList<string> origins)
    {
        var life = use switch
        {
            TokenUse.Stream => StreamLife,
            TokenUse.Resume => ResumeLife,
            _ => ChatLife,
        };
        var claims = new JsonObject
        {
            ["conv"] = conversation,
            ["use"] = Name(use),
            ["exp"] = (time.GetUtcNow() + life).ToUnixTimeSeconds(),
            ["jti"] = RandomNumberGenerator.GetHexString(24, lowercase: true),
        };
        if (user is not null)
        {
            claims["user"] = user.Id;
            claims["name"] = user.Name;
        }

        if (origins.Count > 0)
        {
            claims["origins"] = new JsonArray([.. origins.Select(o => JsonValue.Create(o))]);
        }

        var signed = $"{Header}.{Base64Url.EncodeToString(WireJson.Write(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The token, expired or not; <c>null</c> when it is not one of ours.</summary>
    public DirectLineToken? Read(string text)
    {
        var parts = text.Length <= 8192 ? text.Split('.') : [];
        if (parts.Length != 3 || parts[0] != Header || !Base64Url.IsValid(parts[1]) || !Base64Url.IsValid(parts[2])
            || !CryptographicOperations.FixedTimeEquals(key.Sign(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}")), Base64Url.DecodeFromChars(parts[2])))
        {
            return null;
        }

        // Signed by us, so of our own form.
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        var claims = document.RootElement;
        return new DirectLineToken
        {
            Conversation = Text(claims, "conv") ?? "",
            Use = Enum.GetValues<TokenUse>().First(use => Name(use) == Text(claims, "use")),
            Expires = DateTimeOffset.FromUnixTimeSeconds(claims.GetProperty("exp").GetInt64()),
            Id = Text(claims, "jti") ?? "",
            User = Text(claims, "user") is { } user ? new(user, Text(claims, "name")) : null,
            Origins = claims.TryGetProperty("origins", out var origins) ? [.. origins.EnumerateArray().Select(o => o.GetString() ?? "")] : [],
        };
    }

    public bool IsExpired(DirectLineToken token) => token.Expires <= time.GetUtcNow();

    private static string Name(TokenUse use) => use switch
    {
        TokenUse.Stream => "stream",
        TokenUse.Resume => "resume",
        _ => "chat",
    };

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
