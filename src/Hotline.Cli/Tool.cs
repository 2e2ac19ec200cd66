using System.CommandLine;
using Hotline.Cli.Authoring;
using Hotline.Cli.Languages;
using Hotline.Cli.Lines;
using Hotline.Cli.Measuring;
using Hotline.Cli.Play;

namespace Hotline.Cli;

/// <summary>The content tool: the table of its commands.</summary>
internal static class Tool
{
    public static int Run(string[] args, Terminal terminal)
    {
        var content = new Option<string>("--content")
        {
            Description = "Folder that holds 'dialogs' and 'localization' (default: the working directory)",
            Recursive = true,
            DefaultValueFactory = _ => terminal.WorkingDirectory,
        };
        var root = new RootCommand("Checks, plays and measures the content of the line.")
        {
            content,
            CheckCommand.Make(terminal, content),
            ChatCommand.Make(terminal, content),
            ExtractCommand.Make(terminal, content),
            SyncCommand.Make(terminal, content),
            CoverageCommand.Make(terminal, content),
            EvaluateCommand.Make(terminal, content),
            TrainCommand.Make(terminal, content),
            TestCommand.Make(terminal, content),
            TriageLines.Make(terminal, content),
            LanguageLines.Make(terminal),
            ChooseLines.Make(terminal, content),
            SegmentsLines.Make(terminal),
            TrainLanguageCommand.Make(terminal, content),
            EvaluateLanguageCommand.Make(terminal, content),
        };
        root.SetAction(_ =>
        {
            terminal.Error.WriteLine("a command is wanted; './hotline --help' lists them");
            return ExitCode.Unusable;
        });
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var fault in parsed.Errors)
            {
                terminal.Error.WriteLine(fault.Message);
            }

            return ExitCode.Unusable;
        }

        var code = parsed.Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error });
        terminal.Out.Flush();
        return code;
    }
}
