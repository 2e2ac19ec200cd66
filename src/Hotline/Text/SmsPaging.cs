using System.Globalization;
using Icu;

namespace Hotline.Text;

/// <summary>Cuts a long text into parts where a line may break (ICU), so that no syllable of any script is torn.</summary>
public static class SmsPaging
{
    /// <summary>Parts of at most <paramref name="maxUnits"/> UTF-16 units; joined together they are the text again.</summary>
    public static IReadOnlyList<string> Split(string text, int maxUnits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxUnits, 2);
        if (text.Length <= maxUnits)
        {
            return [text];
        }

        var breaks = LineBreaks(text);
        var parts = new List<string>();
        var from = 0;
        while (text.Length - from > maxUnits)
        {
            var cut = LastAtMost(breaks, from, from + maxUnits);
            if (cut <= from)
            {
                cut = EdgeAtMost(text, from, from + maxUnits);
            }

            parts.Add(text[from..cut]);
            from = cut;
        }

        parts.Add(text[from..]);
        return parts;
    }

    private static int[] LineBreaks(string text) =>
        [.. BreakIterator.GetBoundaries(BreakIterator.UBreakIteratorType.LINE, new Locale("en"), text).Select(b => b.End).Order()];

    private static int LastAtMost(int[] breaks, int from, int limit)
    {
        var at = Array.BinarySearch(breaks, limit);
        at = at >= 0 ? at : ~at - 1;
        return at >= 0 && breaks[at] > from ? breaks[at] : from;
    }

    /// <summary>One unbroken run longer than a part: the last edge of a cluster, else anywhere but inside a surrogate pair.</summary>
    private static int EdgeAtMost(string text, int from, int limit)
    {
        for (var cut = limit; cut > from && cut > limit - 64; cut--)
        {
            if (ClusterEdges.IsEdge(text, cut) && StringInfo.GetNextTextElementLength(text.AsSpan(from)) <= cut - from)
            {
                return cut;
            }
        }

        return char.IsLowSurrogate(text[limit]) && limit - 1 > from ? limit - 1 : limit;
    }
}
