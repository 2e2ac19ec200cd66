using Hotline.Localization;
using Hotline.Triage;
using Hotline.Triage.Model;

namespace Hotline.Cli.Measuring;

/// <summary>
/// What the model learns from: the examples of <c>dialogs/triage/examples/LANG.tsv</c> (level, kind and text with a TAB
/// between) and the development part of the labelled texts. Never the part that was set aside.
/// </summary>
internal static class TrainingData
{
    /// <param name="folder">The labelled texts, or <c>null</c> when there are none.</param>
    /// <returns>Each text, with its sample when it is one of the labelled texts; in a fixed order, no text twice.</returns>
    public static IReadOnlyList<(TrainingText Text, TriageSample? Sample)> Read(string content, SampleFolder? folder, Terminal terminal)
    {
        var texts = new List<(TrainingText Text, TriageSample? Sample)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var sample in (folder?.Samples ?? []).Where(s => !folder!.IsSetAside(s)).OrderBy(s => s.Language.Value, StringComparer.Ordinal).ThenBy(s => s.Id, StringComparer.Ordinal))
        {
            if (seen.Add(sample.Text))
            {
                texts.Add((sample.ForTraining, sample));
            }
        }

        // a text that was set aside may have been written again by another hand
        var aside = (folder?.Samples ?? []).Where(s => folder!.IsSetAside(s)).Select(s => s.Text).ToHashSet(StringComparer.Ordinal);
        foreach (var language in LanguageTag.All)
        {
            var path = Path.Combine(content, "dialogs", "triage", "examples", $"{language}.tsv");
            var number = 0;
            foreach (var line in File.Exists(path) ? File.ReadLines(path) : [])
            {
                number++;
                if (line.Length == 0 || line[0] == '#')
                {
                    continue;
                }

                if (line.Split('\t') is [['R', >= '0' and <= '3'] level, "risk" or "plain" or "hard", { Length: > 0 }] cells)
                {
                    if (seen.Add(cells[2]) && !aside.Contains(cells[2]))
                    {
                        texts.Add((new(cells[2], Enum.Parse<TriageLevel>(level), cells[1], language), null));
                    }
                }
                else
                {
                    terminal.Error.WriteLine($"dialogs/triage/examples/{language}.tsv:{number}: not LEVEL, KIND, TEXT with a TAB between");
                }
            }
        }

        return texts;
    }
}
