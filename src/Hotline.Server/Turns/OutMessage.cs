using System.Text.Json;
using System.Text.Json.Serialization;
using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Triage;

namespace Hotline.Server.Turns;

/// <summary>What the outbox keeps (sealed) of a text on its way to a person.</summary>
internal sealed record OutMessage(string To, string Text, bool MustArrive, Guid? StaffReply);

/// <summary>What the outbox keeps (sealed) for the desk: the facts of one turn, in order.</summary>
internal sealed record DeskFacts
{
    public required string Conversation { get; init; }

    public required long Version { get; init; }

    public required string Address { get; init; }

    public string? Language { get; init; }

    public TriageLevel Level { get; init; }

    public string? Ticket { get; init; }

    /// <summary>Each a <see cref="RecordedEvent"/> in its stored form.</summary>
    public required IReadOnlyList<JsonElement> Facts { get; init; }

    public LanguageTag? LanguageTag => Localization.LanguageTag.TryParse(Language, out var tag) ? tag : null;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OutMessage))]
[JsonSerializable(typeof(DeskFacts))]
[JsonSerializable(typeof(SpooledMessage))]
internal sealed partial class TurnsJson : JsonSerializerContext;
