using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Text;

/// <summary>What a whole message can mean in any state of the conversation.</summary>
public enum Command
{
    Stop,
    Start,
    Help,
    Menu,
    Human,
    Language,
    Hide,
    Delete,
    More,
}

/// <summary>The words of <c>dialogs/words</c>, compiled: commands, yes and no, number words, fillers, keywords of flows.</summary>
public sealed class Words
{
    public static Words Empty { get; } = new();

    /// <summary>Reads and compiles the files of <c>dialogs/words</c>; every fault goes to the bag.</summary>
    public static Words Read(IReadOnlyList<SourceText> files, DiagnosticBag bag) => Empty;

    /// <summary>The command that the whole message is, in any of the languages; the person's own language is tried first.</summary>
    public Command? FindCommand(string message, LanguageTag? own) => null;

    /// <summary>The language that the whole message names (<c>ไทย</c>, <c>thai</c>, <c>Tiếng Việt</c>), for the language command and the language menu.</summary>
    public LanguageTag? FindLanguageName(string message) => null;

    /// <summary>The flow that the message starts by keyword or campaign code, if any.</summary>
    public FlowId? FindFlow(string message, LanguageTag? own) => null;

    /// <summary>Which of <paramref name="titles"/> (numbered from 1) the message chooses, by the recipe for menu answers; <c>null</c> if none.</summary>
    public int? Choose(string message, LanguageTag? own, IReadOnlyList<string> titles) => null;

    /// <summary>A clear yes or no as the whole message, else <c>null</c>.</summary>
    public bool? YesOrNo(string message, LanguageTag? own) => null;
}
