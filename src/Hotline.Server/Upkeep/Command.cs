namespace Hotline.Server.Upkeep;

/// <summary>What the program is asked to do instead of serving: its words, and its options of the form <c>--name value</c>.</summary>
internal sealed record Command(IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Options)
{
    /// <summary>Reads the words; settings (<c>--Section:Key=value</c>) are not for us.</summary>
    public static Command Read(IReadOnlyList<string> args)
    {
        var words = new List<string>();
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(args[i]);
            }
            else if (args[i].IndexOf('=', StringComparison.Ordinal) is > 0 and var cut)
            {
                options[args[i][2..cut]] = args[i][(cut + 1)..];
            }
            else if (!args[i].Contains(':', StringComparison.Ordinal) && i + 1 < args.Count)
            {
                options[args[i][2..]] = args[++i];
            }
            else
            {
                i++; // a setting and its value
            }
        }

        return new(words, options);
    }
}
