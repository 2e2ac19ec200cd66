using System.Text;

namespace Hotline.Transcripts;

/// <summary>Writes what really happened into a transcript file. Comments and the order of the inputs stay.</summary>
internal static class TranscriptWriter
{
    /// <summary>
    /// Every step begins with a line <c>  - </c>; its lines <c>out</c>, <c>events</c> and <c>state</c> are replaced and all others kept.
    /// </summary>
    public static string Rewrite(string text, IReadOnlyList<TranscriptStep> actual)
    {
        var made = new StringBuilder();
        var step = -1;
        var skipping = false;
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith("  - ", StringComparison.Ordinal))
            {
                Append(made, actual, step++);
                skipping = false;
            }
            else if (step >= 0 && IsExpectation(line))
            {
                skipping = true;
            }
            else if (!line.StartsWith("      ", StringComparison.Ordinal))
            {
                skipping = false;
            }

            if (!skipping)
            {
                made.Append(line).Append('\n');
            }
        }

        Append(made, actual, step);
        return made.ToString();
    }

    private static bool IsExpectation(string line) =>
        line.StartsWith("    out:", StringComparison.Ordinal)
        || line.StartsWith("    events:", StringComparison.Ordinal)
        || line.StartsWith("    state:", StringComparison.Ordinal);

    private static void Append(StringBuilder made, IReadOnlyList<TranscriptStep> actual, int step)
    {
        if (step < 0 || step >= actual.Count)
        {
            return;
        }

        List(made, "out", actual[step].Out);
        List(made, "events", actual[step].Events);
        List(made, "state", actual[step].State);
    }

    private static void List(StringBuilder made, string key, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }

        made.Append("    ").Append(key).Append(":\n");
        foreach (var line in lines)
        {
            made.Append("      - \"").Append(Escape(line)).Append("\"\n");
        }
    }

    private static string Escape(string line) => line
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);
}
