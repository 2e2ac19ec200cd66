using System.CommandLine;
using Hotline.Localization;
using Hotline.Triage.Model;

namespace Hotline.Cli.Measuring;

/// <summary>
/// <c>evaluate</c>: measures the triage on labelled texts, each language for itself, on the two thirds that phrases may be
/// built from and on the third that was set aside. <c>--folds</c>: on the two thirds, each text by a model that has not seen it.
/// </summary>
internal static class EvaluateCommand
{
    public static Command Make(Terminal terminal, Option<string> content)
    {
        var folder = new Argument<string?>("folder") { Description = "Folder of *.jsonl (default: tests/triage in the content folder)", Arity = ArgumentArity.ZeroOrOne };
        var folds = new Option<int>("--folds") { Description = "Train without each fold and judge that fold: the honest figure of the development part" };
        var by = new Option<string?>("--by") { Description = "Figures by hand, form, indicator, about or kind instead of language" };
        by.AcceptOnlyFromAmong("hand", "form", "indicator", "about", "kind");
        var language = new Option<string?>("--language") { Description = "Only texts of one language" };
        language.AcceptOnlyFromAmong([.. LanguageTag.All.Select(l => l.Value)]);
        var reveal = new Option<string[]>("--reveal") { Description = "Show set-aside texts by id; they are development from then on", AllowMultipleArgumentsPerToken = true };
        var quiet = new Option<bool>("--no-misses") { Description = "Do not list the misses of the development part" };
        var rulesOnly = new Option<bool>("--rules-only") { Description = "Without the statistical model" };
        var command = new Command("evaluate", "Measure the triage on labelled texts") { folder, folds, by, language, reveal, quiet, rulesOnly };
        command.SetAction(parsed => Run(terminal, new(
            parsed.GetRequiredValue(content), parsed.GetValue(folder), parsed.GetValue(folds), parsed.GetValue(by), parsed.GetValue(language),
            parsed.GetValue(reveal) ?? [], !parsed.GetValue(quiet), parsed.GetValue(rulesOnly))));
        return command;
    }

    private static int Run(Terminal terminal, Wish wish)
    {
        var path = wish.Folder ?? Path.Combine(wish.Content, "tests", "triage");
        if (!Directory.Exists(path))
        {
            terminal.Error.WriteLine($"no folder {path}");
            return ExitCode.Unusable;
        }

        var folder = SampleFolder.Read(path);
        foreach (var fault in folder.Faults)
        {
            terminal.Error.WriteLine(fault);
        }

        if (folder.Samples.Count == 0)
        {
            terminal.Error.WriteLine($"no samples in {path}");
            return ExitCode.Unusable;
        }

        if (wish.Reveal.Length > 0)
        {
            return Reveal(terminal, folder, wish.Reveal);
        }

        if (ContentFolder.Snapshot(wish.Content, terminal) is not { } snapshot)
        {
            return ExitCode.Unusable;
        }

        var rules = wish.RulesOnly ? snapshot.Triage.With(null) : snapshot.Triage;
        if (wish.Folds > 1)
        {
            var texts = TrainingData.Read(wish.Content, folder, terminal);
            var seen = new ModelTrainer(rules, [.. texts.Select(t => t.Text)], wish.Folds).Judge();
            Write(terminal, wish, $"Development, each text by a model that has not seen it ({wish.Folds} folds)",
                [.. texts.Zip(seen).Where(t => t.First.Sample is not null).Select(t => new Judged(t.First.Sample!, t.Second))], misses: true);
        }
        else
        {
            var judged = folder.Samples.Select(s => (IsSetAside: folder.IsSetAside(s), Judged: new Judged(s, rules.Assess(s.Text)))).ToList();
            Write(terminal, wish, "Development: two thirds, open to those who build", [.. judged.Where(j => !j.IsSetAside).Select(j => j.Judged)], misses: true);
            Write(terminal, wish, "Set aside: one third, seen by nobody who builds", [.. judged.Where(j => j.IsSetAside).Select(j => j.Judged)], misses: false);
        }

        return folder.Faults.Count == 0 ? ExitCode.Well : ExitCode.Findings;
    }

    private static void Write(Terminal terminal, Wish wish, string title, IReadOnlyList<Judged> judged, bool misses)
    {
        LanguageTag? only = LanguageTag.TryParse(wish.Language, out var tag) ? tag : null;
        judged = [.. judged.Where(j => only is null || j.Sample.Language == only)];
        Report.WriteTable(terminal, title, judged, wish.By switch
        {
            "hand" => s => s.Hand,
            "form" => s => s.Form,
            "indicator" => s => s.Indicator,
            "about" => s => s.About,
            "kind" => s => s.Kind,
            _ => null,
        });
        if (misses && wish.ListMisses)
        {
            Report.WriteMisses(terminal, judged);
        }
    }

    private static int Reveal(Terminal terminal, SampleFolder folder, string[] ids)
    {
        var wanted = folder.Samples.Where(s => ids.Contains(s.Id)).ToList();
        folder.Reveal(wanted);
        foreach (var sample in wanted)
        {
            terminal.Out.WriteLine($"{sample.Language} {sample.Id}: {sample.Level} {sample.Kind} {sample.Text}");
        }

        foreach (var stranger in ids.Except(folder.Samples.Select(s => s.Id)))
        {
            terminal.Error.WriteLine($"no text has the id '{stranger}'");
        }

        return wanted.Count == ids.Length ? ExitCode.Well : ExitCode.Findings;
    }

    private sealed record Wish(
        string Content, string? Folder, int Folds, string? By, string? Language, string[] Reveal, bool ListMisses, bool RulesOnly);
}
