using System.Globalization;

namespace Hotline.Text;

/// <summary>The last step of <see cref="TextNormalizer"/>: spaces, and for matching also punctuation.</summary>
internal static class Spacing
{
    public static void Apply(NormalizedText text, bool matching)
    {
        var to = 0;
        var space = false;
        var hard = false;
        var spaceAt = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var kind = KindOf(text, i, matching);
            if (kind == Kind.Drop)
            {
                continue;
            }

            if (kind is Kind.Space or Kind.Hard)
            {
                spaceAt = space ? spaceAt : i;
                space = true;
                hard |= kind == Kind.Hard;
                continue;
            }

            if (space && to > 0)
            {
                if (matching && !hard && ClosesUp(text[to - 1], c))
                {
                    text.Move(i, to);
                    text.SetGap(to++);
                    space = false;
                    continue;
                }

                text.Move(spaceAt, to);
                text.Set(to++, ' ');
            }

            text.Move(i, to);
            if (hard)
            {
                text.SetStop(to);
            }

            space = false;
            hard = false;
            to++;
        }

        text.Cut(to);
    }

    private static bool ClosesUp(char before, char after) =>
        (Scripts.IsSpaceless(before) && (Scripts.IsSpaceless(after) || char.IsAsciiDigit(after)))
        || (char.IsAsciiDigit(before) && Scripts.IsSpaceless(after));

    private static Kind KindOf(NormalizedText text, int i, bool matching)
    {
        var c = text[i];
        if (c <= 'z')
        {
            if (c is >= 'a' and <= 'z' or >= '0' and <= '9')
            {
                return Kind.Keep;
            }

            if (c is ' ' or '\n' or '\t')
            {
                return matching && c == '\n' ? Kind.Hard : Kind.Space;
            }

            return !matching ? Kind.Keep : c switch
            {
                '\'' or '`' => Kind.Drop,
                '.' or '!' or '?' or ';' => Kind.Hard,
                _ => Kind.Space,
            };
        }

        if (char.IsWhiteSpace(c))
        {
            return Kind.Space;
        }

        if (!matching)
        {
            return Kind.Keep;
        }

        return c switch
        {
            '\u2019' or '\u2018' or '\u02bc' or '\u201b' => Kind.Drop,
            '\u3002' or '\u17d4' or '\u17d5' or '\u104b' or '\u2026' => Kind.Hard,
            _ when char.IsSurrogate(c) => IsLetterPair(text, i) ? Kind.Keep : Kind.Space,
            _ => IsLetterOrMark(c) ? Kind.Keep : Kind.Space,
        };
    }

    private static bool IsLetterPair(NormalizedText text, int i)
    {
        var high = char.IsHighSurrogate(text[i]) ? i : i - 1;
        return high >= 0 && high + 1 < text.Length && char.IsSurrogatePair(text[high], text[high + 1])
            && char.GetUnicodeCategory(new string([text[high], text[high + 1]]), 0) <= UnicodeCategory.OtherLetter;
    }

    private static bool IsLetterOrMark(char c) => char.GetUnicodeCategory(c) switch
    {
        <= UnicodeCategory.OtherLetter => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber => true,
        UnicodeCategory.LetterNumber => true,
        _ => false,
    };

    private enum Kind
    {
        Keep,
        Space,
        Hard,
        Drop,
    }
}
