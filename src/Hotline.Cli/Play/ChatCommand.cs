using System.CommandLine;
using Hotline.Localization;

namespace Hotline.Cli.Play;

/// <summary><c>chat [--language L] [--events]</c>: play the bot in the terminal, on the real engine.</summary>
internal static class ChatCommand
{
    public static Command Make(Terminal terminal, Option<string> content)
    {
        var language = new Option<string?>("--language") { Description = "The person's language; without it the bot has to find out" };
        language.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !LanguageTag.TryParse(token.Value, out _))
            {
                result.AddError($"--language must be one of {string.Join(", ", LanguageTag.All)}");
            }
        });
        var events = new Option<bool>("--events") { Description = "Show every event of the engine" };
        var command = new Command("chat", "Play the bot in the terminal") { language, events };
        command.SetAction(parsed =>
        {
            if (ContentFolder.Snapshot(parsed.GetRequiredValue(content), terminal) is not { } snapshot)
            {
                return ExitCode.Unusable;
            }

            LanguageTag? own = LanguageTag.TryParse(parsed.GetValue(language), out var tag) ? tag : null;
            new ChatSession(terminal, snapshot, parsed.GetValue(events)).Run(own);
            return ExitCode.Well;
        });
        return command;
    }
}
