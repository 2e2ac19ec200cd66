using System.CommandLine;
using Hotline.Localization;
using Hotline.Triage;
using Spectre.Console;

namespace Hotline.Cli.Play;

/// <summary>
/// <c>evaluate</c>: measures the triage on labelled texts, each language for itself, on the two thirds that phrases may be
/// built from and on the third that was set aside.
/// </summary>
internal static class EvaluateCommand
{
    public static Command Make(Terminal terminal, Option<string> content)
    {
        var folder = new Option<string?>("--samples") { Description = "Folder of *.jsonl (default: tests/triage in the content folder)" };
        var misses = new Option<bool>("--misses") { Description = "List the ids that were judged wrong, set-aside ones left out" };
        var command = new Command("evaluate", "Measure the triage on labelled texts") { folder, misses };
        command.SetAction(parsed =>
        {
            var root = parsed.GetRequiredValue(content);
            return Run(terminal, root, parsed.GetValue(folder) ?? Path.Combine(root, "tests", "triage"), parsed.GetValue(misses));
        });
        return command;
    }

    private static int Run(Terminal terminal, string content, string folder, bool listMisses)
    {
        if (!Directory.Exists(folder))
        {
            terminal.Error.WriteLine($"no folder {folder}");
            return ExitCode.Unusable;
        }

        if (ContentFolder.Snapshot(content, terminal) is not { } snapshot)
        {
            return ExitCode.Unusable;
        }

        var code = ExitCode.Well;
        var judged = new List<Judged>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
        {
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                if (TriageSample.Parse(line) is { } sample)
                {
                    judged.Add(new(sample, snapshot.Triage.Assess(sample.Text).Level));
                }
                else
                {
                    terminal.Error.WriteLine($"{Path.GetFileName(file)}:{number}: not a sample");
                    code = ExitCode.Findings;
                }
            }
        }

        if (judged.Count == 0)
        {
            terminal.Error.WriteLine($"no samples in {folder}");
            return ExitCode.Unusable;
        }

        WriteTable(terminal, "Two thirds, open to those who write phrases", [.. judged.Where(j => !j.Sample.SetAside)]);
        WriteTable(terminal, "One third, set aside", [.. judged.Where(j => j.Sample.SetAside)]);
        if (listMisses)
        {
            foreach (var miss in judged.Where(j => !j.Sample.SetAside && j.Level != j.Sample.Level))
            {
                terminal.Out.WriteLine($"{miss.Sample.Language} {miss.Sample.Id} {miss.Sample.Kind}: {miss.Sample.Level}, judged {miss.Level}");
            }
        }

        return code;
    }

    private static void WriteTable(Terminal terminal, string title, IReadOnlyList<Judged> judged)
    {
        terminal.Out.WriteLine($"{title} ({judged.Count} texts; share, 95 % interval, n)");
        var table = Tables.Of("language", "R0/R1: human offered", "R0/R1 as R0/R1", "R0 as R0/R1", "exact level", "alarm on plain", "alarm on hard");
        foreach (var language in LanguageTag.All)
        {
            table.AddRow([language.Value, .. Figures([.. judged.Where(j => j.Sample.Language == language)]).Select(f => f.ToString())]);
        }

        table.AddRow(["all", .. Figures(judged).Select(f => f.ToString())]);
        Tables.Write(table, terminal);
    }

    private static IEnumerable<Wilson> Figures(IReadOnlyList<Judged> judged)
    {
        yield return Share(judged, j => j.Sample.Level >= TriageLevel.R1, j => j.Level >= TriageLevel.R2);
        yield return Share(judged, j => j.Sample.Level >= TriageLevel.R1, j => j.Level >= TriageLevel.R1);
        yield return Share(judged, j => j.Sample.Level == TriageLevel.R0, j => j.Level >= TriageLevel.R1);
        yield return Share(judged, _ => true, j => j.Level == j.Sample.Level);
        yield return Share(judged, j => j.Sample.Kind == "plain", j => j.Alarm);
        yield return Share(judged, j => j.Sample.Kind == "hard", j => j.Alarm);
    }

    private static Wilson Share(IEnumerable<Judged> judged, Func<Judged, bool> of, Func<Judged, bool> hit)
    {
        var all = judged.Where(of).ToList();
        return new(all.Count(hit), all.Count);
    }

    private sealed record Judged(TriageSample Sample, TriageLevel Level)
    {
        /// <summary>A human was offered to somebody who asked for none.</summary>
        public bool Alarm => Level > Sample.Level && Level >= TriageLevel.R2;
    }
}
