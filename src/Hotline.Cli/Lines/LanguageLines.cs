using Hotline.Text;

namespace Hotline.Cli.Lines;

/// <summary><c>language</c>: the language that each text is written in.</summary>
internal static class LanguageLines
{
    public static System.CommandLine.Command Make(Terminal terminal)
    {
        var command = new System.CommandLine.Command("language", "JSON Lines: guess the language of each text");
        command.SetAction(_ => JsonLines.Run(terminal, (writer, text) =>
        {
            var guess = LanguageDetector.Detect(text);
            writer.WriteString("language", guess.Language?.Value);
            writer.WriteBoolean("certain", guess.Certain);
        }));
        return command;
    }
}
