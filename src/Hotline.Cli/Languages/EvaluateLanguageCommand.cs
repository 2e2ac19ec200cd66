using System.CommandLine;
using Hotline.Cli.Measuring;
using Spectre.Console;

namespace Hotline.Cli.Languages;

/// <summary>
/// <c>evaluate-language</c>: how often the language of a message is proposed rightly, on the messages that nothing learnt
/// from: in Latin letters as a whole and three words at a time; in other scripts all samples.
/// </summary>
internal static class EvaluateLanguageCommand
{
    public static System.CommandLine.Command Make(Terminal terminal, Option<string> content)
    {
        var samples = TrainLanguageCommand.SamplesOption();
        var misses = new Option<bool>("--misses") { Description = "List what was proposed wrongly" };
        var command = new System.CommandLine.Command("evaluate-language", "Measure the guessing of languages") { samples, misses };
        command.SetAction(parsed =>
        {
            var folder = TrainLanguageCommand.FolderOf(parsed.GetValue(samples), parsed.GetRequiredValue(content));
            if (!Directory.Exists(folder))
            {
                terminal.Error.WriteLine($"no folder {folder}");
                return ExitCode.Unusable;
            }

            var table = Tables.Of("messages", "wanted", "whole message", "three words");
            foreach (var measured in LanguageMeasure.Of(folder))
            {
                table.AddRow(measured.Name, measured.Wanted ?? "none", Share(measured.Whole), Share(measured.ThreeWords));
                foreach (var miss in measured.Misses.Where(_ => parsed.GetValue(misses)))
                {
                    terminal.Out.WriteLine($"{measured.Name}: {miss}");
                }
            }

            Tables.Write(table, terminal);
            return ExitCode.Well;
        });
        return command;
    }

    private static string Share((int Hits, int Total) counted) => new Wilson(counted.Hits, counted.Total).ToString();
}
