namespace Hotline.Text;

/// <summary>
/// Puts the marks of one syllable into one order and mends look-alike spellings of Thai, Lao, Khmer and Burmese, which NFKC
/// leaves apart; old tone placement in Vietnamese; for matching, traditional Chinese as simplified.
/// </summary>
internal static class ScriptRepairs
{
    /// <summary>No syllable has more marks; sorting stays cheap whatever is sent.</summary>
    private const int MaxMarks = 16;

    private const string OldTone = "òóỏõọ";
    private const string NewTone = "àáảãạ";

    public static void Apply(NormalizedText text, bool matching)
    {
        var i = 0;
        var to = 0;
        while (i < text.Length)
        {
            var c = text[i];
            text.Move(i++, to++);
            switch (c)
            {
                case '\u0e40' or '\u0ec0' when i < text.Length && text[i] == c:
                    text.Set(to - 1, (char)(c + 1));
                    text.Widen(to - 1, i++);
                    break;
                case >= '\u0e00' and <= '\u0eff' or >= '\u1780' and <= '\u17ff' or >= '\u1000' and <= '\u109f':
                    (i, to) = Syllable(text, i, to);
                    break;
                case 'o' when i < text.Length && NewTone.IndexOf(text[i], StringComparison.Ordinal) is >= 0 and var tone
                    && (i + 1 == text.Length || !char.IsLetter(text[i + 1])):
                    text.Set(to - 1, OldTone[tone]);
                    text.Set(i, 'a');
                    break;
                case >= '\u4e00' and <= '\u9fff' when matching:
                    text.Set(to - 1, Traditional.Simplify(c));
                    break;
                default:
                    break;
            }
        }

        text.Cut(to);
    }

    /// <summary>Moves the marks after a base to <paramref name="to"/>, sorted by <see cref="Order"/>, doubles dropped.</summary>
    private static (int From, int To) Syllable(NormalizedText text, int i, int to)
    {
        var first = to;
        var lao = text[first - 1] == '\u0eab';
        while (i < text.Length && to - first < MaxMarks)
        {
            var order = Order(text, i, text[first - 1]);
            if (order < 0)
            {
                break;
            }

            if (lao && text[i] == '\u0ebc')
            {
                text.Move(i++, to++);
                text.Set(to - 1, '\u0ea5');
                return (i, to);
            }

            var stacked = text[i] is '\u17d2' or '\u1039';
            var width = stacked ? 2 : 1;
            if (!stacked && to > first && Contains(text, first, to, text[i]))
            {
                i++;
                continue;
            }

            for (var k = 0; k < width; k++)
            {
                text.Move(i++, to++);
            }

            if (text[to - 1] == '\u178a' && stacked)
            {
                text.Set(to - 1, '\u178f');
            }

            Sink(text, first, to, width, order);
        }

        return (i, Merge(text, first, to));
    }

    private static bool Contains(NormalizedText text, int from, int to, char mark)
    {
        for (var k = from; k < to; k++)
        {
            if (text[k] == mark)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Stable insertion of the last <paramref name="width"/> units by their order.</summary>
    private static void Sink(NormalizedText text, int first, int to, int width, int order)
    {
        var at = to - width;
        while (at > first)
        {
            var before = at - 2 >= first && text[at - 2] is '\u17d2' or '\u1039' ? 2 : 1;
            if (Order(text, at - before, '\0') <= order)
            {
                return;
            }

            // rotate [before][width] into [width][before]
            Reverse(text, at - before, at);
            Reverse(text, at, at + width);
            Reverse(text, at - before, at + width);
            at -= before;
        }
    }

    private static void Reverse(NormalizedText text, int from, int to)
    {
        for (to--; from < to; from++, to--)
        {
            text.Swap(from, to);
        }
    }

    /// <summary>Two signs that draw one vowel.</summary>
    private static int Merge(NormalizedText text, int first, int to)
    {
        for (var k = first; k + 1 < to; k++)
        {
            var one = (text[k], text[k + 1]) switch
            {
                ('\u17c1', '\u17b6') => '\u17c4',
                ('\u17c1', '\u17b8') => '\u17be',
                _ => '\0',
            };
            if (one != '\0')
            {
                text.Set(k, one);
                text.Widen(k, k + 1);
                for (var m = k + 2; m < to; m++)
                {
                    text.Move(m, m - 1);
                }

                to--;
            }
        }

        return to;
    }

    /// <summary>The rank of a mark in its syllable, or -1 when the unit begins something new.</summary>
    private static int Order(NormalizedText text, int i, char head)
    {
        var c = text[i];
        return c switch
        {
            '\u0e31' or (>= '\u0e34' and <= '\u0e3a') or '\u0e4d' or '\u0e47' => 1,
            >= '\u0e48' and <= '\u0e4b' => 2,
            '\u0e4c' or '\u0e4e' => 3,
            '\u0ebc' => 0,
            '\u0eb1' or (>= '\u0eb4' and <= '\u0ebb') or '\u0ecd' => 1,
            >= '\u0ec8' and <= '\u0ecb' => 2,
            '\u0ecc' or '\u0ece' => 3,
            '\u17d2' => i + 1 < text.Length && text[i + 1] is >= '\u1780' and <= '\u17b3' && head is not ('\u17d2' or '\u1039')
                ? text[i + 1] == '\u179a' ? 1 : 0
                : -1,
            '\u17c9' or '\u17ca' => 2,
            >= '\u17b6' and <= '\u17c5' => 3,
            >= '\u17c6' and <= '\u17d1' or '\u17dd' => 4,
            '\u1039' => i + 1 < text.Length && text[i + 1] is >= '\u1000' and <= '\u1021' && head is not ('\u17d2' or '\u1039') ? 0 : -1,
            '\u103b' => 1,
            '\u103c' => 2,
            '\u103d' => 3,
            '\u103e' => 4,
            '\u1031' => 5,
            '\u102d' or '\u102e' or '\u1032' => 6,
            '\u102f' or '\u1030' => 7,
            '\u102b' or '\u102c' => 8,
            '\u1036' => 9,
            '\u1037' => 10,
            '\u103a' => 11,
            '\u1038' => 12,
            _ => -1,
        };
    }
}
