using System.Collections.Frozen;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Text;

/// <summary>What a whole message can mean in any state of the conversation.</summary>
public enum Command
{
    Stop,
    Start,

    /// <summary>A greeting: never ends an opt-out and never uncovers a hidden chat, which START does.</summary>
    Hello,
    Help,
    Menu,
    Human,
    Language,
    Hide,
    Delete,
    More,

    /// <summary>The person's phone draws Burmese in Zawgyi.</summary>
    Zawgyi,

    /// <summary>The person's phone draws Burmese in Unicode.</summary>
    Unicode,
}

/// <summary>The words of <c>dialogs/words</c>, compiled: commands, yes and no, number words, fillers, keywords of flows.</summary>
public sealed class Words
{
    private readonly FrozenDictionary<LanguageTag, WordList> _lists;
    private readonly FrozenDictionary<string, string> _codes;

    internal Words(IEnumerable<WordList> lists, FrozenDictionary<string, string>? codes = null)
    {
        _lists = lists.ToFrozenDictionary(l => l.Language);
        _codes = codes ?? FrozenDictionary<string, string>.Empty;
    }

    public static Words Empty { get; } = new([]);

    /// <summary>Reads all files of <c>dialogs/words</c>; faults go to the bag and the rest is still read.</summary>
    public static Words Read(IReadOnlyList<SourceText> files, DiagnosticBag bag) =>
        new(WordsReader.Read(files, bag));

    /// <summary>The same words with the campaign codes of the flows; a code starts its flow when it is the whole message.</summary>
    public Words WithCodes(IEnumerable<(string Code, string Flow)> codes) =>
        new(_lists.Values, codes.GroupBy(c => TextNormalizer.Key(c.Code)).ToFrozenDictionary(g => g.Key, g => g.First().Flow));

    /// <summary>The lone pleas of every language (<c>help me</c>), as written in the files.</summary>
    public IEnumerable<(LanguageTag Language, string Phrase)> Pleas =>
        _lists.Values.SelectMany(l => l.Pleas.Select(p => (l.Language, p)));

    /// <summary>Every flow that a keyword names, with its place, for the check that it exists.</summary>
    public IEnumerable<(string Flow, SourceSpan Span)> FlowsNamed => _lists.Values.SelectMany(l => l.FlowsNamed);

    /// <summary>The command that the whole message is, in any of the languages; the person's own language is tried first.</summary>
    public Command? FindCommand(string message, LanguageTag? own) =>
        Find(message, own, static (list, key) => list.Commands.TryGetValue(key, out var command) ? command : (Command?)null);

    /// <summary>The language that the whole message names (<c>ไทย</c>, <c>thai</c>, <c>Tiếng Việt</c>), for the language command and the language menu.</summary>
    public LanguageTag? FindLanguageName(string message) =>
        Find(message, null, static (list, key) => list.Names.Contains(key) ? list.Language : (LanguageTag?)null);

    /// <summary>The flow that the message starts by keyword or campaign code, if any.</summary>
    public string? FindFlow(string message, LanguageTag? own)
    {
        if (message.Length <= WordList.MaxMessage && _codes.TryGetValue(TextNormalizer.Key(message), out var flow))
        {
            return flow;
        }

        return Find(message, own, static (list, key) => list.Flows.TryGetValue(key, out var found) ? new FlowName(found) : (FlowName?)null)?.Value;
    }

    /// <summary>Which of <paramref name="titles"/> (numbered from 1) the message chooses, by the recipe for menu answers; <c>null</c> if none.</summary>
    public int? Choose(string message, LanguageTag? own, IReadOnlyList<string> titles) =>
        message.Length > WordList.MaxMessage ? null : ChoiceReader.Choose(message, _lists.Values, own ?? LanguageTag.English, titles);

    /// <summary>A clear yes or no as the whole message, else <c>null</c>.</summary>
    public bool? YesOrNo(string message, LanguageTag? own) =>
        Find(message, own, static (list, key) => list.Yes.Contains(key) ? true : list.No.Contains(key) ? false : (bool?)null);

    /// <summary>
    /// Looks the whole message up: as it is, without fillers, with drawn-out letters shortened, read as Zawgyi. One or two Latin
    /// letters mean something only in the person's own language (<c>T</c> is STOP in Chinese, <c>no</c> a number in Indonesian).
    /// </summary>
    private T? Find<T>(string message, LanguageTag? own, Func<WordList, string, T?> look)
        where T : struct
    {
        if (message.Length > WordList.MaxMessage)
        {
            return null;
        }

        var key = TextNormalizer.Key(message);
        if (FindKey(key, own, look) is { } found)
        {
            return found;
        }

        for (var keep = 2; keep >= 1 && Elongation.IsDrawnOut(key); keep--)
        {
            if (FindKey(Elongation.Squeeze(key, keep), own, look) is { } drawn)
            {
                return drawn;
            }
        }

        return Zawgyi.IsPossible(key) ? FindKey(TextNormalizer.Key(Zawgyi.ToUnicode(message)), own, look) : null;
    }

    private T? FindKey<T>(string key, LanguageTag? own, Func<WordList, string, T?> look)
        where T : struct
    {
        if (key.Length == 0)
        {
            return null;
        }

        var first = own ?? LanguageTag.English;
        if (_lists.TryGetValue(first, out var mine) && (look(mine, key) ?? look(mine, mine.WithoutFillers(key))) is { } found)
        {
            return found;
        }

        if (key.Length <= 2 && char.IsAsciiLetter(key[0]))
        {
            return null;
        }

        foreach (var tag in LanguageTag.All)
        {
            if (tag != first && _lists.TryGetValue(tag, out var list)
                && (look(list, key) ?? (key[0] >= 0x250 ? look(list, list.WithoutFillers(key)) : null)) is { } other)
            {
                return other;
            }
        }

        return null;
    }

    private readonly record struct FlowName(string Value);
}
