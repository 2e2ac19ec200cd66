using System.Globalization;

namespace Hotline.Text;

/// <summary>Where one syllable ends and the next begins, in scripts where a mark or a following vowel belongs to the letter before.</summary>
internal static class ClusterEdges
{
    public static bool IsEdge(ReadOnlySpan<char> text, int at)
    {
        if (at <= 0 || at >= text.Length)
        {
            return true;
        }

        var before = text[at - 1];
        var after = text[at];
        if (before < 0x300 && after < 0x300)
        {
            return true;
        }

        if (char.IsLowSurrogate(after) || before is '\u17d2' or '\u1039' or '\u200d'
            || before is (>= '\u0e40' and <= '\u0e44') or (>= '\u0ec0' and <= '\u0ec4'))
        {
            return false;
        }

        if (after is '\u0e30' or '\u0e32' or '\u0e33' or '\u0e45' or '\u0eb0' or '\u0eb2' or '\u0eb3' or '\u0ebd'
            || char.GetUnicodeCategory(after) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
        {
            return false;
        }

        return !ClosesSyllable(text, at);
    }

    /// <summary>A Burmese consonant with asat or a stacked one below it ends the syllable before.</summary>
    private static bool ClosesSyllable(ReadOnlySpan<char> text, int at)
    {
        if (text[at] is < '\u1000' or > '\u1021' || at + 1 >= text.Length)
        {
            return false;
        }

        return text[at + 1] is '\u103a' or '\u1039'
            || (text[at + 1] == '\u1037' && at + 2 < text.Length && text[at + 2] == '\u103a');
    }
}
