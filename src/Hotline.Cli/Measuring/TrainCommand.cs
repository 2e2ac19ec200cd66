using System.CommandLine;
using Hotline.Triage.Model;

namespace Hotline.Cli.Measuring;

/// <summary><c>train</c>: makes <c>dialogs/triage/model.txt</c> from the examples and the development texts; the same bytes each time.</summary>
internal static class TrainCommand
{
    /// <summary>For the thresholds.</summary>
    public const int Folds = 5;

    public static Command Make(Terminal terminal, Option<string> content)
    {
        var target = new Option<string?>("--to") { Description = "Write it elsewhere (default: dialogs/triage/model.txt)" };
        var command = new Command("train", "Train the statistical model of the triage") { target };
        command.SetAction(parsed => Run(terminal, parsed.GetRequiredValue(content), parsed.GetValue(target)));
        return command;
    }

    private static int Run(Terminal terminal, string content, string? target)
    {
        if (ContentFolder.Snapshot(content, terminal, without: ModelPath) is not { } snapshot)
        {
            return ExitCode.Unusable;
        }

        var samples = Path.Combine(content, "tests", "triage");
        var folder = Directory.Exists(samples) ? SampleFolder.Read(samples) : null;
        var texts = TrainingData.Read(content, folder, terminal);
        var model = new ModelTrainer(snapshot.Triage, [.. texts.Select(t => t.Text)], Folds).Train();
        File.WriteAllText(target ?? Path.Combine(content, ModelPath), model);
        terminal.Out.WriteLine($"{texts.Count} texts, {model.Count(c => c == '\n')} lines, {model.Length / 1024} Ki characters");
        return ExitCode.Well;
    }

    private const string ModelPath = "dialogs/triage/model.txt";
}
