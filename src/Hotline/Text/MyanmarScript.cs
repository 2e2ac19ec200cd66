namespace Hotline.Text;

/// <summary>Tells Shan, Mon and Karen from Burmese, whether typed in Unicode or in Zawgyi, which uses the same code points otherwise.</summary>
internal static class MyanmarScript
{
    public static bool IsOtherLanguage(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var before = i == 0 ? ' ' : text[i - 1];
            var after = i + 1 == text.Length ? ' ' : text[i + 1];
            var found = text[i] switch
            {
                // a Zawgyi keyboard's RA stands before the consonant that it encloses
                >= '\u107e' and <= '\u1081' when after is >= '\u1000' and <= '\u1021' => false,
                // Shan letters stand where a Zawgyi keyboard has only stacked forms, which never begin anything
                >= '\u1075' and <= '\u1081' => before is < '\u1000' or > '\u109f' or '\u1038' or '\u103a' or (>= '\u1087' and <= '\u108a'),
                // Mon nga and Karen tones with asat
                '\u105a' or '\u1062' or '\u1063' => after == '\u103a',
                >= '\u105b' and <= '\u105d' => before is < '\u1000' or > '\u109f' or '\u103a' or '\u1038',
                // Mon da; Burmese has it only under another letter
                '\u100d' => before != '\u1039',
                // Burmese writes AA with asat only behind the vowel E
                '\u103a' => before == '\u102c' && !HasVowelE(text, i - 1),
                '\u1022' or '\u1028' or '\u1035' => true,
                '\u1065' or '\u1066' or '\u1067' => before is < '\u1000' or > '\u109f',
                >= '\uaa60' and <= '\uaa7f' => true,
                _ => false,
            };
            if (found)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The syllable that ends at <paramref name="at"/> has the vowel E, which Unicode keeps behind the consonant.</summary>
    private static bool HasVowelE(string text, int at)
    {
        for (var i = at - 1; i >= 0 && i >= at - 5; i--)
        {
            if (text[i] == '\u1031')
            {
                return true;
            }
        }

        return false;
    }
}
