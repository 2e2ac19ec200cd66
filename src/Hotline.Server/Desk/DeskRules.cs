using System.Text.Json.Serialization;
using Hotline.Triage;

namespace Hotline.Server.Desk;

/// <summary>The clock and the deadlines of the desk.</summary>
internal sealed record DeskRules(TimeProvider Time, DeskOptions Options)
{
    public bool IsOverdue(TriageLevel level, DateTimeOffset? waitingSince) =>
        waitingSince is { } since && Options.Deadlines.TryGetValue(level, out var minutes) && Time.GetUtcNow() - since > TimeSpan.FromMinutes(minutes);
}

internal sealed record NoteBody(string Staff, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NoteBody))]
internal sealed partial class DeskJson : JsonSerializerContext;
