using System.CommandLine;
using Hotline.Text;

namespace Hotline.Cli.Languages;

/// <summary><c>train-language</c>: writes the language model and the list of words anew from the sample files. Deterministic: a test compares.</summary>
internal static class TrainLanguageCommand
{
    public static System.CommandLine.Command Make(Terminal terminal, Option<string> content)
    {
        var samples = SamplesOption();
        var output = new Option<string?>("--out") { Description = "Folder to write to (default: the one that holds the samples' folder)" };
        var command = new System.CommandLine.Command("train-language", "Learn the languages in Latin letters from the sample files") { samples, output };
        command.SetAction(parsed =>
        {
            var folder = FolderOf(parsed.GetValue(samples), parsed.GetRequiredValue(content));
            if (!Directory.Exists(folder))
            {
                terminal.Error.WriteLine($"no folder {folder}");
                return ExitCode.Unusable;
            }

            var target = parsed.GetValue(output) ?? Path.Combine(folder, "..");
            File.WriteAllText(Path.Combine(target, "latin.model"), LanguageTraining.Train(Files(folder)));
            File.WriteAllText(Path.Combine(target, "latin.words"), LanguageTraining.KnownWords(Files(folder)));
            File.WriteAllText(Path.Combine(target, "zawgyi.model"), LanguageTraining.Zawgyi(Files(folder)));
            terminal.Out.WriteLine($"written: latin.model, latin.words and zawgyi.model in {Path.GetFullPath(target)}");
            return ExitCode.Well;
        });
        return command;
    }

    public static Option<string?> SamplesOption() =>
        new("--samples") { Description = "Folder of the sample files (default: src/Hotline/Text/Samples in the content folder)" };

    public static string FolderOf(string? given, string content) => given ?? Path.Combine(content, "src", "Hotline", "Text", "Samples");

    public static IEnumerable<(string Class, string Text)> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal).Select(f => (Path.GetFileNameWithoutExtension(f), File.ReadAllText(f)));
}
