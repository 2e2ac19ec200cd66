using Hotline.Localization;
using Hotline.Text;

namespace Hotline.Cli.Languages;

/// <summary>One row of <c>evaluate-language</c>.</summary>
/// <param name="Wanted">The tag that is right, or <c>null</c> when no language may be proposed.</param>
internal sealed record LanguageMeasure(string Name, string? Wanted)
{
    private const int Few = 3;

    public (int Hits, int Total) Whole { get; private set; }

    /// <summary>Every three words that follow one another, in messages of Latin letters.</summary>
    public (int Hits, int Total) ThreeWords { get; private set; }

    public List<string> Misses { get; } = [];

    public static IEnumerable<LanguageMeasure> Of(string folder)
    {
        foreach (var (name, text) in TrainLanguageCommand.Files(folder).Where(f => LanguageTraining.IsLatin(f.Class)))
        {
            string[] kept = [.. SampleFile.Messages(text).Where(SampleFile.IsKeptForMeasuring)];
            var wanted = LanguageTag.TryParse(name, out var tag) ? tag.Value : null;
            yield return new LanguageMeasure(name, wanted).TakeLatin(kept);
            if (tag == LanguageTag.Vietnamese)
            {
                yield return new LanguageMeasure("vi, no marks", wanted).TakeLatin([.. kept.Select(LatinText.WithoutMarks)]);
            }
        }

        string[] burmese = [.. SampleFile.Messages(File.ReadAllText(Path.Combine(folder, "my.txt"))).Where(SampleFile.IsKeptForMeasuring)];
        yield return new LanguageMeasure("my typed in Unicode", "Unicode").Take(burmese, Letters);
        yield return new LanguageMeasure("my typed in Zawgyi", "Zawgyi").Take([.. burmese.Select(Zawgyi.FromUnicode)], Letters);

        var scripts = Path.Combine(folder, "scripts.tsv");
        if (!File.Exists(scripts))
        {
            yield break;
        }

        foreach (var group in SampleFile.Messages(File.ReadAllText(scripts)).Select(l => l.Split('\t')).GroupBy(l => l[0]))
        {
            yield return new LanguageMeasure(group.Key, LanguageTag.TryParse(group.Key.Split(' ')[0], out var tag) ? tag.Value : null)
                .Take([.. group.Select(l => l[1])], Language);
        }
    }

    private static string? Language(string message) => LanguageDetector.Detect(message).Language?.Value;

    private static string? Letters(string message) => ZawgyiDetector.Detect(message)?.ToString();

    private LanguageMeasure TakeLatin(IReadOnlyList<string> messages)
    {
        foreach (var message in messages)
        {
            string[] words = [.. message.Split(' ').Where(w => w.Any(char.IsLetter))];
            for (var at = 0; at + Few <= words.Length; at += Few)
            {
                ThreeWords = Count(ThreeWords, string.Join(' ', words[at..(at + Few)]), Language);
            }
        }

        return Take(messages, Language);
    }

    private LanguageMeasure Take(IReadOnlyList<string> messages, Func<string, string?> judge)
    {
        foreach (var message in messages)
        {
            Whole = Count(Whole, message, judge);
        }

        return this;
    }

    private (int Hits, int Total) Count((int Hits, int Total) so, string message, Func<string, string?> judge)
    {
        var found = judge(message);
        if (found != Wanted)
        {
            Misses.Add($"{message} → {found ?? "none"}");
        }

        return (so.Hits + (found == Wanted ? 1 : 0), so.Total + 1);
    }
}
