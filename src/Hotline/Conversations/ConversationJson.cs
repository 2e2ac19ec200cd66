using System.Text.Json;
using System.Text.Json.Serialization;
using Hotline.Localization;

namespace Hotline.Conversations;

/// <summary>The stored form of conversations and events: source-generated, snake_case, no CLR names.</summary>
public static class ConversationJson
{
    public static byte[] Write(Conversation conversation) =>
        JsonSerializer.SerializeToUtf8Bytes(conversation, ConversationJsonContext.Default.Conversation);

    /// <exception cref="JsonException">The bytes are no conversation.</exception>
    /// <exception cref="NewerFormException">A newer program wrote it: park the input, do not touch the record.</exception>
    public static Conversation Read(ReadOnlySpan<byte> json)
    {
        if (FormOf(json) > Conversation.CurrentForm)
        {
            throw new NewerFormException();
        }

        return JsonSerializer.Deserialize(json, ConversationJsonContext.Default.Conversation)
            ?? throw new JsonException("null is no conversation");
    }

    public static byte[] Write(RecordedEvent recorded) =>
        JsonSerializer.SerializeToUtf8Bytes(recorded, ConversationJsonContext.Default.RecordedEvent);

    /// <exception cref="JsonException">The bytes are no event.</exception>
    public static RecordedEvent ReadEvent(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ConversationJsonContext.Default.RecordedEvent)
        ?? throw new JsonException("null is no event");

    private static int FormOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isForm = reader.ValueTextEquals("v"u8);
                reader.Read();
                if (isForm)
                {
                    return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var form) ? form : throw new JsonException("'v' is no form");
                }

                reader.Skip();
            }
        }

        return 0;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true,
    Converters =
    [
        typeof(LanguageTagConverter), typeof(ConversationIdConverter), typeof(ContactKeyConverter), typeof(EventIdConverter),
        typeof(TicketIdConverter), typeof(FlowIdConverter), typeof(NodeIdConverter), typeof(StaffIdConverter), typeof(UrnConverter),
        typeof(FieldsConverter),
    ])]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(RecordedEvent))]
[JsonSerializable(typeof(TurnInput.MessageReceived))]
internal sealed partial class ConversationJsonContext : JsonSerializerContext;

internal abstract class TextConverter<T>(Func<string, T> read, Func<T, string> write) : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        read(reader.GetString() ?? throw new JsonException("a text is wanted"));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(write(value));
}

internal sealed class LanguageTagConverter() : TextConverter<LanguageTag>(
    t => LanguageTag.TryParse(t, out var tag) ? tag : throw new JsonException("not a language of this line"), t => t.Value);

internal sealed class ConversationIdConverter() : TextConverter<ConversationId>(t => new(t), t => t.Value);

internal sealed class ContactKeyConverter() : TextConverter<ContactKey>(t => new(t), t => t.Value);

internal sealed class EventIdConverter() : TextConverter<EventId>(t => new(t), t => t.Value);

internal sealed class TicketIdConverter() : TextConverter<TicketId>(t => new(t), t => t.Value);

internal sealed class FlowIdConverter() : TextConverter<FlowId>(t => new(t), t => t.Value);

internal sealed class NodeIdConverter() : TextConverter<NodeId>(t => new(t), t => t.Value);

internal sealed class StaffIdConverter() : TextConverter<StaffId>(t => new(t), t => t.Value);

internal sealed class UrnConverter() : TextConverter<Urn>(t => new(t), t => t.Value);
