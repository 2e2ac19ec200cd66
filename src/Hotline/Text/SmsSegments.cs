using System.Buffers;

namespace Hotline.Text;

/// <summary>How an SMS text travels: <c>GSM-7</c> or <c>UCS-2</c>, its units in that encoding, and how many segments are paid.</summary>
public readonly record struct SmsCount(string Encoding, int Units, int Segments);

/// <summary>Exact SMS counting (3GPP TS 23.038): 160/153 septets or 70/67 UTF-16 units; an escape pair or surrogate pair is never cut.</summary>
public static class SmsSegments
{
    public const string Gsm7 = "GSM-7";
    public const string Ucs2 = "UCS-2";

    private const string Basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const string Extended = "^{}\\[~]|€\f";

    private static readonly SearchValues<char> Known = SearchValues.Create(Basic + Extended);
    private static readonly SearchValues<char> Pairs = SearchValues.Create(Extended);

    public static SmsCount Count(string text)
    {
        if (text.AsSpan().ContainsAnyExcept(Known))
        {
            return new(Ucs2, text.Length, text.Length <= 70 ? 1 : UcsSegments(text));
        }

        var pairs = 0;
        for (var rest = text.AsSpan(); rest.IndexOfAny(Pairs) is >= 0 and var at; rest = rest[(at + 1)..])
        {
            pairs++;
        }

        var units = text.Length + pairs;
        return new(Gsm7, units, units <= 160 ? 1 : GsmSegments(text, pairs > 0));
    }

    /// <summary>Septets of one character, 0 when GSM-7 does not have it.</summary>
    public static int GsmWidth(char c) =>
        c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or ' ' or (>= 'A' and <= 'Z') || Basic.Contains(c, StringComparison.Ordinal) ? 1
        : Extended.Contains(c, StringComparison.Ordinal) ? 2
        : 0;

    private static int UcsSegments(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\ud800', '\udbff'))
        {
            return (text.Length + 66) / 67;
        }

        var segments = 0;
        for (var at = 0; at < text.Length; segments++)
        {
            at += 67;
            at -= at < text.Length && char.IsSurrogatePair(text[at - 1], text[at]) ? 1 : 0;
        }

        return segments;
    }

    private static int GsmSegments(string text, bool pairs)
    {
        if (!pairs)
        {
            return (text.Length + 152) / 153;
        }

        var (segments, filled) = (1, 0);
        foreach (var c in text)
        {
            var wide = Pairs.Contains(c) ? 2 : 1;
            if (filled + wide > 153)
            {
                segments++;
                filled = 0;
            }

            filled += wide;
        }

        return segments;
    }
}
