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

    public static SmsCount Count(string text)
    {
        var units = 0;
        foreach (var c in text)
        {
            var width = GsmWidth(c);
            if (width == 0)
            {
                return new(Ucs2, text.Length, Pack(text, text.Length, 70, 67, UcsWidth));
            }

            units += width;
        }

        return new(Gsm7, units, Pack(text, units, 160, 153, static (t, i) => GsmWidth(t[i])));
    }

    /// <summary>Septets of one character, 0 when GSM-7 does not have it.</summary>
    public static int GsmWidth(char c) =>
        c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or ' ' or (>= 'A' and <= 'Z') || Basic.Contains(c, StringComparison.Ordinal) ? 1
        : Extended.Contains(c, StringComparison.Ordinal) ? 2
        : 0;

    private static int UcsWidth(string text, int i) =>
        char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;

    private static int Pack(string text, int units, int alone, int joined, Func<string, int, int> width)
    {
        if (units <= alone)
        {
            return 1;
        }

        var segments = 1;
        var filled = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var wide = width(text, i);
            if (filled + wide > joined)
            {
                segments++;
                filled = 0;
            }

            filled += wide;
            i += wide == 2 && char.IsSurrogate(text[i]) ? 1 : 0;
        }

        return segments;
    }
}
