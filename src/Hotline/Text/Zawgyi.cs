using System.Text;
using Icu;

namespace Hotline.Text;

/// <summary>Burmese typed with a Zawgyi keyboard, read as Unicode. Only a second reading: it ruins what was Unicode already.</summary>
public static class Zawgyi
{
    /// <summary>About ten syllables.</summary>
    private const int Short = 40;

    [ThreadStatic]
    private static Transliterator? _transliterator;

    /// <summary>
    /// The text may be Zawgyi. A short one always may; a longer one shows it somewhere: an asat where no consonant can be
    /// stacked, a vowel E or a medial that begins, a code point of its own. The second reading costs more than the first.
    /// </summary>
    public static bool IsPossible(ReadOnlySpan<char> text)
    {
        if (!text.ContainsAnyInRange('\u1000', '\u109f'))
        {
            return false;
        }

        return text.Length <= Short || IsShown(text);
    }

    /// <summary>Something in the text is written as only Zawgyi writes it.</summary>
    public static bool IsShown(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var before = i == 0 ? ' ' : text[i - 1];
            var sign = text[i] switch
            {
                '\u1039' => before != '\u103a' && (i + 1 == text.Length || !CanStack(before, text[i + 1])),
                '\u1031' or '\u103b' => before is < '\u1000' or > '\u103f' || IsVowelOrFinal(before),
                '\u1033' or '\u1034' or '\u105a' or (>= '\u1060' and <= '\u1097') => true,
                '\u103c' or '\u103d' or '\u103e' => IsVowelOrFinal(before),
                _ => false,
            };
            if (sign)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Consonants are stacked within one row of the alphabet; those without a row only on themselves.</summary>
    private static bool CanStack(char upper, char lower)
    {
        if (upper is < '\u1000' or > '\u1021' || lower is < '\u1000' or > '\u1021')
        {
            return false;
        }

        return upper == lower || (upper <= '\u1019' && Row(upper) == Row(lower));
    }

    private static int Row(char c) => c switch
    {
        <= '\u1004' => 0,
        <= '\u100a' => 1,
        <= '\u100f' => 2,
        <= '\u1014' => 3,
        <= '\u1019' => 4,
        _ => 5,
    };

    private static bool IsVowelOrFinal(char c) => c is >= '\u102b' and <= '\u1030' or >= '\u1032' and <= '\u1038';

    /// <summary>The text as Unicode if it was Zawgyi. Total on any UTF-16.</summary>
    public static string ToUnicode(string text) => ZawgyiReader.Read(text);

    /// <summary>Unicode Burmese for a phone that draws Zawgyi; all else stays as it is.</summary>
    public static string FromUnicode(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u1000', '\u109f'))
        {
            return text;
        }

        var whole = Write(text);
        if (Agree(whole, text))
        {
            return whole;
        }

        // ICU stumbles where some syllables meet: each by itself
        var built = new StringBuilder(text.Length + 16);
        for (var from = 0; from < text.Length;)
        {
            var to = from + 1;
            while (to < text.Length && !ClusterEdges.IsEdge(text, to))
            {
                to++;
            }

            built.Append(Write(text[from..to]));
            from = to;
        }

        return built.ToString();
    }

    private static bool Agree(string zawgyi, string unicode) =>
        string.Equals(TextNormalizer.Normalize(ToUnicode(zawgyi)), TextNormalizer.Normalize(unicode), StringComparison.Ordinal);

    private static string Write(string text) => (_transliterator ??= Transliterator.CreateInstance("my-Zawgyi")).Transliterate(text);
}
