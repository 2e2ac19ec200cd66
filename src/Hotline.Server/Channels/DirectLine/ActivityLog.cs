using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hotline.Conversations;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>
/// The form of the entries of a conversation's log, and of the activities that are read from it. An entry does not know
/// its index, so id, conversation and <c>replyToId</c> are added when it is read.
/// </summary>
internal static class ActivityLog
{
    private const string ActivityKey = "activity";
    private const string AtKey = "at";
    private const string EchoKey = "echo";
    private const string ResumedKey = "resumed";

    public static string IdOf(string conversation, long index) =>
        string.Create(CultureInfo.InvariantCulture, $"{conversation}|{index:0000000}");

    /// <summary>The entries of a turn: the person's own message first, with everything that its client gave, then the replies.</summary>
    public static IReadOnlyList<byte[]> OfTurn(IReadOnlyList<RecordedEvent> events)
    {
        var entries = new List<byte[]>();
        var echo = -1;
        foreach (var recorded in events.OrderBy(e => e.Event is TurnEvent.MessageIn ? 0 : 1))
        {
            // One tick each keeps the order for clients that sort by time.
            var at = recorded.At.AddTicks(entries.Count);
            switch (recorded.Event)
            {
                case TurnEvent.MessageIn message:
                    echo = entries.Count;
                    entries.Add(Entry(Echo(message), at, 0));
                    break;
                case TurnEvent.MessageOut { Held: null } message:
                    entries.Add(Entry(Reply(message), at, echo < 0 ? 0 : entries.Count - echo));
                    break;
                default:
                    break;
            }
        }

        return entries;
    }

    /// <param name="echoBack">How many entries before this one the message stands that it answers; 0 = none.</param>
    public static byte[] Entry(JsonObject activity, DateTimeOffset at, int echoBack)
    {
        var entry = new JsonObject { [AtKey] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture) };
        if (echoBack > 0)
        {
            entry[EchoKey] = echoBack;
        }

        entry[ActivityKey] = activity;
        return WireJson.Write(entry);
    }

    /// <summary>Notes that a resume key was used, and by whom. Clients never see it.</summary>
    public static byte[] ResumedEntry(string proof) => WireJson.Write(new JsonObject { [ResumedKey] = proof });

    public static string? ResumedBy(ReadOnlySpan<byte> entry) => WireJson.Text(JsonNode.Parse(entry) as JsonObject, ResumedKey);

    /// <summary>Writes an entry as the activity that clients see. <c>false</c>: it is not for them.</summary>
    public static bool WriteActivity(Utf8JsonWriter writer, ReadOnlyMemory<byte> entry, string conversation, long index)
    {
        using var document = JsonDocument.Parse(entry);
        if (!document.RootElement.TryGetProperty(ActivityKey, out var activity))
        {
            return false;
        }

        writer.WriteStartObject();
        writer.WriteString("id", IdOf(conversation, index));
        writer.WriteString("timestamp", document.RootElement.GetProperty(AtKey).GetString());
        writer.WriteString("channelId", "directline");
        writer.WriteStartObject("conversation");
        writer.WriteString("id", conversation);
        writer.WriteEndObject();
        if (document.RootElement.TryGetProperty(EchoKey, out var echo))
        {
            writer.WriteString("replyToId", IdOf(conversation, index - echo.GetInt64()));
        }

        foreach (var member in activity.EnumerateObject())
        {
            member.WriteTo(writer);
        }

        writer.WriteEndObject();
        return true;
    }

    private static JsonObject Echo(TurnEvent.MessageIn message)
    {
        var activity = message.Wire is { } wire && JsonNode.Parse(wire) is JsonObject posted
            ? posted
            : new JsonObject { ["type"] = "message", ["from"] = new JsonObject { ["id"] = "user", ["role"] = "user" } };
        if (!activity.ContainsKey("text") && message.Text.Length > 0)
        {
            activity["text"] = message.Text;
        }

        return activity;
    }

    private static JsonObject Reply(TurnEvent.MessageOut message)
    {
        var activity = new JsonObject
        {
            ["type"] = "message",
            ["from"] = new JsonObject { ["id"] = "hotline", ["role"] = "bot" },
            ["text"] = message.Text,
            ["textFormat"] = "plain",
            ["locale"] = message.Language.Value,
        };
        if (message.Source == MessageSource.Staff)
        {
            activity["channelData"] = new JsonObject { ["source"] = "staff" };
        }

        if (message.Choices.Count > 0)
        {
            activity["inputHint"] = "expectingInput";
            activity["suggestedActions"] = new JsonObject { ["actions"] = new JsonArray([.. message.Choices.Select(c => Button(c, message))]) };
        }

        return activity;
    }

    private static JsonObject Button(Choice choice, TurnEvent.MessageOut message) => new()
    {
        ["type"] = "imBack",
        ["title"] = choice.Title,
        ["value"] = choice.Value,
        ["channelData"] = new JsonObject { ["lang"] = (choice.Language ?? message.Language).Value },
    };
}
