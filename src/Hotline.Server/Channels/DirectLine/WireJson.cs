using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>JSON as it goes over the wire and into the log. Letters of all scripts stand as they are: it is never put into a page.</summary>
internal static class WireJson
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 32 };

    public static byte[] Write(JsonNode node) => Write(writer => node.WriteTo(writer));

    public static byte[] Write(Action<Utf8JsonWriter> body)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            body(writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>An object, or <c>null</c> when the bytes are none that we could write again.</summary>
    public static JsonObject? ReadObject(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            return null;
        }

        try
        {
            if (JsonNode.Parse(json, documentOptions: Strict) is not JsonObject read)
            {
                return null;
            }

            // Writing it finds lone surrogates, which a parser lets pass.
            Write(read);
            return read;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    public static string? Text(JsonObject? from, string name) =>
        from is not null && from.TryGetPropertyValue(name, out var node) && node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A member by its name in any case; clients write <c>User</c> and <c>user</c>.</summary>
    public static JsonNode? AnyCase(JsonObject? from, string name) =>
        from?.FirstOrDefault(member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
