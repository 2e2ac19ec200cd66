using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hotline.Localization;
using Hotline.Triage;

namespace Hotline.Cli.Play;

/// <summary>A text whose level people have agreed on.</summary>
/// <param name="Kind"><c>risk</c>, <c>plain</c> (everyday questions) or <c>hard</c> (words of danger, no danger).</param>
internal sealed record TriageSample(string Id, string Text, TriageLevel Level, string Kind, LanguageTag Language)
{
    /// <summary>A third of the texts, chosen by their hash: whoever writes phrases does not look at these.</summary>
    public bool SetAside => SHA256.HashData(Encoding.UTF8.GetBytes(Text))[0] % 3 == 0;

    /// <summary>Reads one line; <c>null</c> when it is no sample.</summary>
    public static TriageSample? Parse(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && Member(root, "id") is { } id
                && Member(root, "text") is { } text
                && Member(root, "level") is ['R', >= '0' and <= '3'] level
                && Member(root, "kind") is "risk" or "plain" or "hard"
                && LanguageTag.TryParse(Member(root, "language"), out var language)
                    ? new(id, text, Enum.Parse<TriageLevel>(level), Member(root, "kind")!, language)
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Member(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
