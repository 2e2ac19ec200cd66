using System.Text.Encodings.Web;
using System.Text.Json;
using Hotline.Localization;
using Hotline.Triage;
using Spectre.Console;

namespace Hotline.Cli.Measuring;

/// <summary>Writes figures and misses.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteTable(Terminal terminal, string title, IReadOnlyList<Judged> judged, Func<TriageSample, string>? by)
    {
        terminal.Out.WriteLine($"{title} ({judged.Count} texts; share, 95 % interval, n)");
        var table = Tables.Of(
            by is null ? "language" : "by", "R0/R1: human offered", "R0 as R0/R1", "R0/R1 as such", "exact level", "alarm on plain", "alarm on hard");
        foreach (var (name, group) in by is null ? ByLanguage(judged) : judged.GroupBy(j => by(j.Sample)).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, g.ToList())))
        {
            table.AddRow([name, .. Figures(group).Select(f => f.ToString())]);
        }

        table.AddRow(["all", .. Figures(judged).Select(f => f.ToString())]);
        Tables.Write(table, terminal);
    }

    public static void WriteMisses(Terminal terminal, IEnumerable<Judged> judged)
    {
        foreach (var miss in judged.Where(j => j.Miss is not null).OrderBy(j => j.Sample.Language.Value, StringComparer.Ordinal).ThenBy(j => j.Miss, StringComparer.Ordinal))
        {
            var rules = string.Join(' ', miss.Assessment.Hits.Select(h => $"{h.Rule}[{Cut(miss.Sample.Text, h)}]").Distinct());
            terminal.Out.WriteLine(
                $"{miss.Sample.Language} {miss.Sample.Id} {miss.Miss}: {miss.Sample.Level} {miss.Sample.Kind} {miss.Sample.Indicator} {JsonSerializer.Serialize(miss.Sample.Text, Readable)} judged {miss.Level} {rules}".TrimEnd());
        }
    }

    private static string Cut(string text, TriageHit hit) => text.Substring(hit.Start, hit.Length);

    private static IEnumerable<(string Name, List<Judged> Group)> ByLanguage(IReadOnlyList<Judged> judged) =>
        LanguageTag.All.Select(l => (l.Value, judged.Where(j => j.Sample.Language == l).ToList()));

    private static IEnumerable<Wilson> Figures(IReadOnlyList<Judged> judged)
    {
        yield return Share(judged, j => j.Sample.Level >= TriageLevel.R1, j => j.Level >= TriageLevel.R2);
        yield return Share(judged, j => j.Sample.Level == TriageLevel.R0, j => j.Level >= TriageLevel.R1);
        yield return Share(judged, j => j.Sample.Level >= TriageLevel.R1, j => j.Level >= TriageLevel.R1);
        yield return Share(judged, _ => true, j => j.Level == j.Sample.Level);
        yield return Share(judged, j => j.Sample.Kind == "plain", j => j.IsAlarm);
        yield return Share(judged, j => j.Sample.Kind == "hard", j => j.IsAlarm);
    }

    private static Wilson Share(IEnumerable<Judged> judged, Func<Judged, bool> of, Func<Judged, bool> hit)
    {
        var all = judged.Where(of).ToList();
        return new(all.Count(hit), all.Count);
    }
}
