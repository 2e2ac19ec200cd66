using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Text;

/// <summary>One file of <c>dialogs/words</c>, by normalised key.</summary>
internal sealed class WordList(LanguageTag language)
{
    /// <summary>Nothing longer is a command, a name or a menu answer.</summary>
    public const int MaxMessage = 200;

    public LanguageTag Language { get; } = language;

    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Command> Commands { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Yes { get; } = new(StringComparer.Ordinal);

    public HashSet<string> No { get; } = new(StringComparer.Ordinal);

    public List<string> Pleas { get; } = [];

    public Dictionary<string, int> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Longest first.</summary>
    public List<string> Fillers { get; } = [];

    public Dictionary<string, string> Flows { get; } = new(StringComparer.Ordinal);

    public List<(string Flow, SourceSpan Span)> FlowsNamed { get; } = [];

    /// <summary>The key without fillers at both ends; the key itself when nothing else is in it.</summary>
    public string WithoutFillers(string key)
    {
        var rest = key.AsSpan();
        bool again;
        do
        {
            again = false;
            foreach (var filler in Fillers)
            {
                if (rest.Length > filler.Length && (Starts(rest, filler) || Ends(rest, filler)))
                {
                    rest = (Starts(rest, filler) ? rest[filler.Length..] : rest[..^filler.Length]).Trim(' ');
                    again = true;
                    break;
                }
            }
        }
        while (again);

        return rest.Length == key.Length ? key : rest.ToString();
    }

    private static bool Starts(ReadOnlySpan<char> text, string filler) =>
        text.StartsWith(filler, StringComparison.Ordinal) && IsCut(text, filler.Length);

    private static bool Ends(ReadOnlySpan<char> text, string filler) =>
        text.EndsWith(filler, StringComparison.Ordinal) && IsCut(text, text.Length - filler.Length);

    /// <summary>Letters of an alphabet with spaces are cut only where the word ends, others at the edge of a syllable.</summary>
    private static bool IsCut(ReadOnlySpan<char> text, int at)
    {
        var (before, after) = (text[at - 1], text[at]);
        if (before == ' ' || after == ' ' || char.IsDigit(before) != char.IsDigit(after))
        {
            return true;
        }

        return Scripts.IsSpaceless(before) != Scripts.IsSpaceless(after)
            || (Scripts.IsSpaceless(before) && ClusterEdges.IsEdge(text, at));
    }
}
