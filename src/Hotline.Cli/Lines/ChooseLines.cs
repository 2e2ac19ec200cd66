using System.CommandLine;
using System.Globalization;
using Hotline.Localization;

namespace Hotline.Cli.Lines;

/// <summary><c>choose --options N [--language L]</c>: which numbered choice each text means.</summary>
internal static class ChooseLines
{
    private const int MaxOptions = 99;

    public static Command Make(Terminal terminal, Option<string> content)
    {
        var options = new Option<int>("--options") { Description = "How many choices there are, from 1", Required = true };
        options.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) && n is < 1 or > MaxOptions)
            {
                result.AddError($"--options must be a number from 1 to {MaxOptions}");
            }
        });
        var language = new Option<string?>("--language") { Description = "The person's own language" };
        language.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !LanguageTag.TryParse(token.Value, out _))
            {
                result.AddError($"--language must be one of {string.Join(", ", LanguageTag.All)}");
            }
        });
        var command = new Command("choose", "JSON Lines: which of N numbered choices each text means") { options, language };
        command.SetAction(parsed =>
        {
            if (ContentFolder.Snapshot(parsed.GetRequiredValue(content), terminal) is not { } snapshot)
            {
                return ExitCode.Unusable;
            }

            LanguageTag? own = LanguageTag.TryParse(parsed.GetValue(language), out var tag) ? tag : null;
            string[] titles = [.. Enumerable.Repeat("", parsed.GetRequiredValue(options))];
            return JsonLines.Run(terminal, (writer, text) =>
            {
                if (snapshot.Words.Choose(text, own, titles) is { } choice)
                {
                    writer.WriteNumber("choice", choice);
                }
                else
                {
                    writer.WriteNull("choice");
                }
            });
        });
        return command;
    }
}
