using Hotline.Text;

namespace Hotline.Triage;

/// <summary>Leads from a place in the converted text back to the Zawgyi that was written. Only asked when something was found.</summary>
internal sealed class ZawgyiOrigin(string raw, string converted)
{
    private int[]? _ends;

    public (int Start, int Length) Of(int start, int length)
    {
        var ends = _ends ??= Measure();
        var from = Before(ends, start);
        var to = After(ends, start + length);
        return (from, Math.Max(0, to - from));
    }

    /// <summary>For each unit of the raw text, how long the converted text before it is; -1 inside a syllable.</summary>
    private int[] Measure()
    {
        var ends = new int[raw.Length + 1];
        var sum = 0;
        var from = 0;
        for (var at = 1; at <= raw.Length; at++)
        {
            if (at < raw.Length && !Begins(at))
            {
                ends[at] = -1;
                continue;
            }

            sum += Zawgyi.ToUnicode(raw[from..at]).Length;
            ends[at] = sum;
            from = at;
        }

        if (sum == converted.Length)
        {
            return ends;
        }

        // syllables that convert otherwise alone: the whole message is the place
        var whole = Enumerable.Repeat(-1, raw.Length + 1).ToArray();
        (whole[0], whole[^1]) = (0, converted.Length);
        return whole;
    }

    /// <summary>A consonant that no sign before it leans on, or the vowel E, or the ring that is typed before its consonant.</summary>
    private bool Begins(int at)
    {
        var (before, c) = (raw[at - 1], raw[at]);
        var leans = before is '\u1031' or '\u103b' or (>= '\u107e' and <= '\u1084');
        return c is < '\u1000' or > '\u109f'
            || c == '\u1031'
            || ((c is (>= '\u1000' and <= '\u102a') or '\u103b' or (>= '\u107e' and <= '\u1084')) && !leans);
    }

    private static int Before(int[] ends, int unit)
    {
        for (var at = ends.Length - 1; at > 0; at--)
        {
            if (ends[at] >= 0 && ends[at] <= unit)
            {
                return at;
            }
        }

        return 0;
    }

    private static int After(int[] ends, int unit)
    {
        for (var at = 0; at < ends.Length; at++)
        {
            if (ends[at] >= unit)
            {
                return at;
            }
        }

        return ends.Length - 1;
    }
}
