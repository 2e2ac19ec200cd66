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
            yield return new LanguageMeasure(name, wanted).Take(kept, latin: true);
            if (tag == LanguageTag.Vietnamese)
            {
                yield return new LanguageMeasure("vi, no marks", wanted).Take([.. kept.Select(LatinText.WithoutMarks)], latin: true);
            }
        }

        var scripts = Path.Combine(folder, "scripts.tsv");
        if (!File.Exists(scripts))
        {
            yield break;
        }

        foreach (var group in SampleFile.Messages(File.ReadAllText(scripts)).Select(l => l.Split('\t')).GroupBy(l => l[0]))
        {
            yield return new LanguageMeasure(group.Key, LanguageTag.TryParse(group.Key.Split(' ')[0], out var tag) ? tag.Value : null)
                .Take([.. group.Select(l => l[1])], latin: false);
        }
    }

    private LanguageMeasure Take(IReadOnlyList<string> messages, bool latin)
    {
        foreach (var message in messages)
        {
            Whole = Count(Whole, message);
            string[] words = [.. message.Split(' ').Where(w => w.Any(char.IsLetter))];
            for (var at = 0; latin && at + Few <= words.Length; at += Few)
            {
                ThreeWords = Count(ThreeWords, string.Join(' ', words[at..(at + Few)]));
            }
        }

        return this;
    }

    private (int Hits, int Total) Count((int Hits, int Total) so, string message)
    {
        var found = LanguageDetector.Detect(message).Language?.Value;
        if (found != Wanted)
        {
            Misses.Add($"{message} → {found ?? "none"}");
        }

        return (so.Hits + (found == Wanted ? 1 : 0), so.Total + 1);
    }
}
