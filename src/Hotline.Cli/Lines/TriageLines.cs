using System.CommandLine;
using System.Text.Json;
using Hotline.Triage;

namespace Hotline.Cli.Lines;

/// <summary><c>triage</c>: level, indicators and the words that spoke for them.</summary>
internal static class TriageLines
{
    public static Command Make(Terminal terminal, Option<string> content)
    {
        var command = new Command("triage", "JSON Lines: assess each text");
        command.SetAction(parsed => ContentFolder.Snapshot(parsed.GetRequiredValue(content), terminal) is { } snapshot
            ? JsonLines.Run(terminal, (writer, text) => Write(writer, snapshot.Triage.Assess(text)))
            : ExitCode.Unusable);
        return command;
    }

    private static void Write(Utf8JsonWriter writer, TriageAssessment assessment)
    {
        writer.WriteString("level", assessment.Level.ToString());
        writer.WriteStartArray("indicators");
        foreach (var indicator in assessment.Indicators)
        {
            writer.WriteStringValue(indicator);
        }

        writer.WriteEndArray();
        writer.WriteStartArray("hits");
        foreach (var hit in assessment.Hits)
        {
            writer.WriteStartObject();
            writer.WriteString("rule", hit.Rule);
            writer.WriteString("language", hit.Language.Value);
            writer.WriteNumber("start", hit.Start);
            writer.WriteNumber("length", hit.Length);
            if (hit.Zawgyi)
            {
                writer.WriteString("reading", "zawgyi");
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
