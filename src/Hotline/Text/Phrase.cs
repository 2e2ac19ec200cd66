namespace Hotline.Text;

/// <summary>What must surround a phrase for it to count.</summary>
public enum PhrasePolicy
{
    /// <summary>Latin letters: whole words, and marks either as in the phrase or left out.</summary>
    Latin,

    /// <summary>A script without spaces, long enough to stand anywhere on the edges of its syllables.</summary>
    Phrase,

    /// <summary>Short or ambiguous: must be a word by itself; in Latin letters, with its marks as they are (<c>tự tử</c>, not <c>tu tu</c>).</summary>
    Word,

    /// <summary>A longer, harmless word: cancels every hit inside it.</summary>
    Not,
}

/// <summary>One entry of a <see cref="PhraseMatcher"/>; <paramref name="Id"/> is the caller's.</summary>
/// <param name="Text">A key of <see cref="TextNormalizer.Key"/>; a final <c>*</c> lets a Latin word go on (<c>threaten*</c>).</param>
public readonly record struct Phrase(string Text, PhrasePolicy Policy, int Id);

/// <summary>A phrase found, by its place in the normalised text.</summary>
public readonly record struct PhraseHit(int Id, int Start, int End);
