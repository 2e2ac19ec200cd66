namespace Hotline.Triage.Model;

/// <summary>One feature of a message.</summary>
/// <param name="Start">Where it begins in the text, or the number of the concept.</param>
/// <param name="End">Where it ends, or the number of the second concept, -1 for none.</param>
internal readonly record struct Feature(ulong Key, FeatureKind Kind, int Start, int End)
{
    /// <summary>A run or a word; the others are concepts.</summary>
    public bool IsText => Kind is FeatureKind.Run or FeatureKind.Word;
}

/// <summary>What a feature of the model is; the value is its letter in the file.</summary>
internal enum FeatureKind
{
    /// <summary>A run of one to five units, Latin marks left out, digits alike.</summary>
    Run = 'r',

    /// <summary>A whole word, or two words, with their marks.</summary>
    Word = 'w',

    /// <summary>A concept of the rules.</summary>
    Concept = 'c',

    /// <summary>Two concepts in one message.</summary>
    Pair = 'p',

    /// <summary>A rule that spoke.</summary>
    Rule = 'h',

    /// <summary>One concept after another.</summary>
    Order = 'o',

    /// <summary>The script that most of the message is written in.</summary>
    Script = 's',
}
