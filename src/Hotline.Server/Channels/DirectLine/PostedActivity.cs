using System.Text.Json.Nodes;
using Hotline.Localization;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>An activity as a client posted it, checked and freed of what only the server may say.</summary>
internal sealed record PostedActivity
{
    /// <summary>Of the protocol: characters of the whole activity.</summary>
    public const int MaxActivity = 256 * 1024;

    /// <summary>Ours, in UTF-16 units: several pages, and still a message that a person can read.</summary>
    public const int MaxText = 16_000;

    private const int MaxId = 256;

    private static readonly string[] ServerSays =
        ["id", "timestamp", "conversation", "channelId", "serviceUrl", "callerId", "recipient", "replyToId"];

    public required string Type { get; init; }

    /// <summary>What the person wrote or pressed.</summary>
    public required string Text { get; init; }

    /// <summary>Recognises a repeat; <c>null</c> when the client gave none.</summary>
    public string? ClientId { get; init; }

    public LanguageTag? Locale { get; init; }

    /// <summary>The activity for the echo, with everything that we do not know.</summary>
    public required JsonObject Json { get; init; }

    /// <summary>Checks a posted activity; on a fault there is no activity and <paramref name="fault"/> says why.</summary>
    public static PostedActivity? Read(JsonObject json, ChatUser? user, out IResult? fault)
    {
        fault = null;
        if (WireJson.Text(json, "type") is not { Length: > 0 and <= MaxId } type)
        {
            fault = WireError.Missing("type");
            return null;
        }

        var text = WireJson.Text(json, "text") ?? "";
        if (text.Length == 0 && type == "message")
        {
            text = ValueAsText(json);
        }

        if (text.Length > MaxText)
        {
            fault = WireError.TooBig;
            return null;
        }

        var clientId = json["channelData"] is JsonObject data ? WireJson.Text(data, "clientActivityID") : null;
        if (clientId?.Length > MaxId)
        {
            fault = WireError.BadArgument("clientActivityID is too long");
            return null;
        }

        foreach (var name in ServerSays)
        {
            json.Remove(name);
        }

        json["from"] = From(json, user);
        return new PostedActivity
        {
            Type = type,
            Text = text,
            ClientId = clientId is { Length: > 0 } ? clientId : null,
            Locale = LanguageTag.FromLocale(WireJson.Text(json, "locale")),
            Json = json,
        };
    }

    /// <summary>The activity without its text, which the turn carries by itself.</summary>
    public string Wire()
    {
        var copy = Json.DeepClone().AsObject();
        if (WireJson.Text(copy, "text") == Text)
        {
            copy.Remove("text");
        }

        return System.Text.Encoding.UTF8.GetString(WireJson.Write(copy));
    }

    /// <summary>A pressed button may carry its answer as a value only.</summary>
    private static string ValueAsText(JsonObject json) => json["value"] is JsonValue value
        ? value.TryGetValue<string>(out var text) ? text : value.ToJsonString()
        : "";

    private static JsonObject From(JsonObject json, ChatUser? user)
    {
        var claimed = json["from"] as JsonObject;
        var id = user?.Id ?? WireJson.Text(claimed, "id");
        var from = new JsonObject { ["id"] = id is { Length: > 0 and <= MaxId } ? id : "user", ["role"] = "user" };
        if ((user is null ? WireJson.Text(claimed, "name") : user.Name) is { Length: > 0 and <= MaxId } name)
        {
            from["name"] = name;
        }

        return from;
    }
}
