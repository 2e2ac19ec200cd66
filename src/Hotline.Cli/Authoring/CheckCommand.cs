using System.CommandLine;
using Hotline.Content;
using Hotline.Sources;

namespace Hotline.Cli.Authoring;

/// <summary><c>check [--strict]</c>: every complaint about the content, one a line.</summary>
internal static class CheckCommand
{
    public static Command Make(Terminal terminal, Option<string> content)
    {
        var strict = new Option<bool>("--strict") { Description = "Warnings count as errors, and the line must be ready for real people" };
        var command = new Command("check", "Check all content; one complaint a line") { strict };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(content), parsed.GetValue(strict)));
        return command;
    }

    private static int Run(Terminal terminal, string folder, bool strict)
    {
        if (ContentFolder.Files(folder, terminal) is not { } files)
        {
            return ExitCode.Unusable;
        }

        var load = ContentLoader.Load(files, new() { Development = !strict, Now = terminal.Clock.GetUtcNow() });
        foreach (var found in load.Diagnostics)
        {
            terminal.Out.WriteLine(strict ? found with { Severity = Severity.Error } : found);
        }

        var errors = load.Diagnostics.Count(d => d.Severity == Severity.Error);
        var warnings = load.Diagnostics.Count - errors;
        terminal.Error.WriteLine($"{errors} errors, {warnings} warnings, content {files.Version}");
        return errors > 0 || (strict && warnings > 0) ? ExitCode.Findings : ExitCode.Well;
    }
}
