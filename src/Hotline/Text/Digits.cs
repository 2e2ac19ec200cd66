using System.Globalization;

namespace Hotline.Text;

/// <summary>Digits of every script as ASCII; but a Burmese zero or seven that touches a letter was typed for the letter.</summary>
internal static class Digits
{
    private const char Zero = '\u1040';
    private const char Seven = '\u1047';
    private const char Wa = '\u101d';
    private const char Ra = '\u101b';

    public static void Fold(NormalizedText text)
    {
        var i = 0;
        while (i < text.Length)
        {
            if (!IsDigit(text[i]))
            {
                i++;
                continue;
            }

            var end = i;
            var letters = true;
            while (end < text.Length && IsDigit(text[end]))
            {
                letters &= text[end] is Zero or Seven;
                end++;
            }

            letters &= (i > 0 && IsBurmeseLetter(text[i - 1])) || (end < text.Length && IsBurmeseLetter(text[end]));
            for (; i < end; i++)
            {
                text.Set(i, letters
                    ? text[i] == Zero ? Wa : Ra
                    : (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(text[i])));
            }
        }
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9' || (c >= 0x660 && char.IsDigit(c));

    private static bool IsBurmeseLetter(char c) =>
        c is (>= '\u1000' and <= '\u103f') or (>= '\u1050' and <= '\u108f') or (>= '\uaa60' and <= '\uaa7f');
}
