using System.CommandLine;
using System.Text;
using Hotline.Content;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Cli.Authoring;

/// <summary><c>sync</c>: brings the template and every language's catalog up to the English texts.</summary>
internal static class SyncCommand
{
    public static Command Make(Terminal terminal, Option<string> content)
    {
        var command = new Command("sync", "Bring localization/hotline.pot and every LANGUAGE.po up to the English texts");
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(content)));
        return command;
    }

    private static int Run(Terminal terminal, string folder)
    {
        if (ExtractCommand.Template(folder, terminal) is not { } template)
        {
            return ExitCode.Unusable;
        }

        ExtractCommand.Write(Path.Combine(folder, "localization", "hotline.pot"), template);
        foreach (var language in LanguageTag.All.Where(l => l != LanguageTag.English))
        {
            var path = Path.Combine(folder, "localization", $"{language}.po");
            var bag = new DiagnosticBag();
            var old = File.Exists(path) ? PoReader.Read(path, File.ReadAllText(path, Encoding.UTF8), bag) : null;
            if (bag.HasErrors)
            {
                // writing it would lose what could not be read
                ContentFolder.WriteErrors(bag.Sorted(), terminal);
                return ExitCode.Unusable;
            }

            var merged = PoSync.Merge(template, old, language);
            var changed = ExtractCommand.Write(path, merged);
            var live = merged.Entries.Where(e => !e.Obsolete).ToList();
            terminal.Out.WriteLine($"localization/{language}.po: {live.Count} texts, {live.Count(e => e.Text.Length == 0)} to translate, "
                + $"{live.Count(e => e.Fuzzy)} to read again, {merged.Entries.Count - live.Count} obsolete{(changed ? "" : ", unchanged")}");
        }

        return ExitCode.Well;
    }
}
