using System.CommandLine;
using Hotline.Transcripts;

namespace Hotline.Cli.Play;

/// <summary><c>test DIR</c>: replays transcripts on the content and says where the conversation went another way.</summary>
internal static class TestCommand
{
    public static Command Make(Terminal terminal, Option<string> content)
    {
        var folder = new Argument<string>("folder") { Description = "Folder of transcripts (*.yaml)" };
        var update = new Option<bool>("--update") { Description = "Write what really happened into the transcripts" };
        var command = new Command("test", "Replay transcripts") { folder, update };
        command.SetAction(parsed => Run(
            terminal, parsed.GetRequiredValue(content), Path.GetFullPath(parsed.GetRequiredValue(folder), terminal.WorkingDirectory), parsed.GetValue(update)));
        return command;
    }

    private static int Run(Terminal terminal, string content, string folder, bool update)
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

        var results = TranscriptRunner.RunFolder(snapshot, folder, update);
        var differing = results.Where(r => r.Differences.Count > 0).ToList();
        foreach (var difference in differing.SelectMany(r => r.Differences))
        {
            terminal.Out.WriteLine(difference);
        }

        if (results.Count == 0)
        {
            terminal.Error.WriteLine($"no transcripts in {folder}");
            return ExitCode.Unusable;
        }

        terminal.Out.WriteLine($"{results.Count} transcripts, {differing.Count} went another way");
        return differing.Count > 0 ? ExitCode.Findings : ExitCode.Well;
    }
}
