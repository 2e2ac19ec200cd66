using System.CommandLine;
using System.Text;
using Hotline.Content;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Cli.Authoring;

/// <summary><c>extract</c>: writes <c>localization/hotline.pot</c> from the English of the dialogs.</summary>
internal static class ExtractCommand
{
    public static Command Make(Terminal terminal, Option<string> content)
    {
        var command = new Command("extract", "Write localization/hotline.pot from the English texts");
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(content)));
        return command;
    }

    /// <summary>The template of the folder, or <c>null</c> after every error was written.</summary>
    public static PoFile? Template(string folder, Terminal terminal)
    {
        if (ContentFolder.Files(folder, terminal) is not { } files)
        {
            return null;
        }

        var bag = new DiagnosticBag();
        var template = PotExtractor.Extract(files, bag);
        if (template is null)
        {
            ContentFolder.WriteErrors(bag.Sorted(), terminal);
        }

        return template;
    }

    /// <summary>Writes only what changed, whole or not at all.</summary>
    public static bool Write(string path, PoFile catalog)
    {
        var bytes = Encoding.UTF8.GetBytes(PoWriter.Write(catalog));
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            return false;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path + ".new", bytes);
        File.Move(path + ".new", path, overwrite: true);
        return true;
    }

    private static int Run(Terminal terminal, string folder)
    {
        if (Template(folder, terminal) is not { } template)
        {
            return ExitCode.Unusable;
        }

        var changed = Write(Path.Combine(folder, "localization", "hotline.pot"), template);
        terminal.Out.WriteLine($"localization/hotline.pot: {template.Entries.Count} texts{(changed ? "" : ", unchanged")}");
        return ExitCode.Well;
    }
}
