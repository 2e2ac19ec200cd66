using System.CommandLine;
using System.Globalization;
using Hotline.Content;
using Hotline.Sources;
using Spectre.Console;

namespace Hotline.Cli.Authoring;

/// <summary><c>coverage</c>: how far each language is.</summary>
internal static class CoverageCommand
{
    public static Command Make(Terminal terminal, Option<string> content)
    {
        var command = new Command("coverage", "How much is translated, stale and reviewed in each language");
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(content)));
        return command;
    }

    private static int Run(Terminal terminal, string folder)
    {
        if (ContentFolder.Files(folder, terminal) is not { } files)
        {
            return ExitCode.Unusable;
        }

        var bag = new DiagnosticBag();
        var languages = Coverage.Of(files, bag);
        if (bag.HasErrors)
        {
            ContentFolder.WriteErrors(bag.Sorted(), terminal);
            return ExitCode.Unusable;
        }

        var table = Tables.Of("language", "texts", "translated", "stale", "missing", "missing, safety", "reviewed by a speaker");
        foreach (var c in languages)
        {
            table.AddRow([c.Language.Value, .. ((int[])[c.Total, c.Translated, c.Stale, c.Missing, c.SafetyMissing, c.Reviewed])
                .Select(n => n.ToString(CultureInfo.InvariantCulture))]);
        }

        Tables.Write(table, terminal);
        return ExitCode.Well;
    }
}
