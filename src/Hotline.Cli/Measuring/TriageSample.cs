using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hotline.Localization;
using Hotline.Triage;
using Hotline.Triage.Model;

namespace Hotline.Cli.Measuring;

/// <summary>A text whose level people have agreed on: one line of <c>tests/triage/*.jsonl</c>.</summary>
/// <param name="Kind"><c>risk</c>, <c>plain</c> (everyday questions) or <c>hard</c> (words of danger, no danger).</param>
/// <param name="Indicator">What it is about, or empty.</param>
/// <param name="About">Whose danger: <c>self</c>, <c>other</c> or empty.</param>
/// <param name="Form">How it is written: native letters, romanised, without marks, Zawgyi …</param>
/// <param name="Review"><c>draft</c> until a native speaker has read it, then by whom.</param>
/// <param name="Hand">Who wrote it: writers worked apart and are measured apart.</param>
internal sealed record TriageSample(
    string Id, string Text, TriageLevel Level, string Kind, LanguageTag Language,
    string Indicator, string About, string Form, string Review, string Hand)
{
    /// <summary>A third of the texts, chosen by their hash: whoever writes phrases does not look at these.</summary>
    public bool IsSetAside => SHA256.HashData(Encoding.UTF8.GetBytes(Text))[0] % 3 == 0;

    public TrainingText ForTraining => new(Text, Level, Kind, Language);

    /// <summary>Reads one line; a fault in words when it is no sample.</summary>
    public static (TriageSample? Sample, string? Fault) Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                return (null, "not a JSON object");
            }

            foreach (var name in (string[])["id", "text", "level", "kind", "language", "review", "hand"])
            {
                if (string.IsNullOrWhiteSpace(Member(root, name)))
                {
                    return (null, $"'{name}' is missing");
                }
            }

            var level = Member(root, "level");
            if (level is not ['R', >= '0' and <= '3'])
            {
                return (null, "'level' must be R0, R1, R2 or R3");
            }

            if (Member(root, "kind") is not ("risk" or "plain" or "hard"))
            {
                return (null, "'kind' must be risk, plain or hard");
            }

            return LanguageTag.TryParse(Member(root, "language"), out var language)
                ? (new(
                    Member(root, "id"), Member(root, "text"), Enum.Parse<TriageLevel>(level), Member(root, "kind"), language,
                    Member(root, "indicator"), Member(root, "about"), Member(root, "form"), Member(root, "review"), Member(root, "hand")), null)
                : (null, "'language' is not one of the line's languages");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, "not valid JSON in UTF-8");
        }
    }

    /// <summary>A text, a list of texts with commas between, or empty.</summary>
    private static string Member(JsonElement root, string name) => !root.TryGetProperty(name, out var value) ? "" : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(v => v.ToString())),
        _ => "",
    };
}
