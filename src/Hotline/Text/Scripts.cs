using System.Globalization;
using System.Text;

namespace Hotline.Text;

/// <summary>The scripts that decide something here.</summary>
public enum Script
{
    /// <summary>Digits, spaces, punctuation, emoji: says nothing about a language.</summary>
    None,
    Latin,
    Thai,
    Lao,
    Khmer,
    Myanmar,
    Han,
    Kana,
    Hangul,

    /// <summary>Any other letter.</summary>
    Other,
}

/// <summary>Which script a character belongs to, and how it behaves in a line of text.</summary>
public static class Scripts
{
    public static Script Of(Rune rune) => rune.Value switch
    {
        >= 'a' and <= 'z' or >= 'A' and <= 'Z' => Script.Latin,
        < 0xc0 => Script.None,
        < 0x250 => rune.Value is 0xd7 or 0xf7 ? Script.None : Script.Latin,
        >= 0x1e00 and <= 0x1eff => Script.Latin,
        >= 0xe00 and <= 0xe7f => Rune.IsLetter(rune) || IsMark(rune) ? Script.Thai : Script.None,
        >= 0xe80 and <= 0xeff => Rune.IsLetter(rune) || IsMark(rune) ? Script.Lao : Script.None,
        >= 0x1780 and <= 0x17ff => Rune.IsLetter(rune) || IsMark(rune) ? Script.Khmer : Script.None,
        >= 0x1000 and <= 0x109f or >= 0xaa60 and <= 0xaa7f or >= 0xa9e0 and <= 0xa9ff =>
            Rune.IsLetter(rune) || IsMark(rune) ? Script.Myanmar : Script.None,
        >= 0x3400 and <= 0x9fff or 0x3007 or >= 0xf900 and <= 0xfaff or >= 0x20000 and <= 0x3ffff => Script.Han,
        >= 0x3041 and <= 0x30ff or >= 0x31f0 and <= 0x31ff or >= 0xff66 and <= 0xff9d =>
            Rune.IsLetter(rune) ? Script.Kana : Script.None,
        >= 0xac00 and <= 0xd7a3 or >= 0x1100 and <= 0x11ff or >= 0x3130 and <= 0x318f => Script.Hangul,
        >= 0xff21 and <= 0xff3a or >= 0xff41 and <= 0xff5a => Script.Latin,
        _ => Rune.IsLetter(rune) ? Script.Other : Script.None,
    };

    /// <summary>The script writes no spaces between words.</summary>
    internal static bool IsSpaceless(char c) =>
        c is (>= '\u0e00' and <= '\u0eff') or (>= '\u1000' and <= '\u109f') or (>= '\u1780' and <= '\u17ff')
            or (>= '\u3007' and <= '\u9fff') or (>= '\uaa60' and <= '\uaa7f') or (>= '\ua9e0' and <= '\ua9ff');

    /// <summary>Scripts whose marks are put in order by <see cref="ScriptRepairs"/>: the order of Unicode does not serve them.</summary>
    internal static bool IsOwnRepair(char c) =>
        c is (>= '\u0e00' and <= '\u0eff') or (>= '\u1000' and <= '\u109f') or (>= '\u1780' and <= '\u17b3') or (>= '\u17b6' and <= '\u17ff')
            or (>= '\uaa60' and <= '\uaa7f') or (>= '\ua9e0' and <= '\ua9ff');

    internal static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    /// <summary>Combines with the letter before it under NFKC.</summary>
    internal static bool Continues(Rune rune) =>
        rune.Value >= 0x300
        && !(rune.IsBmp && IsOwnRepair((char)rune.Value))
        && (IsMark(rune) || rune.Value is (>= 0x1100 and <= 0x11ff) or (>= 0x3131 and <= 0x318e) or (>= 0xd7b0 and <= 0xd7ff) or (>= 0xff9e and <= 0xffdc));

    /// <summary>Nothing is seen of it: controls, joiners, variation selectors, keycap frames, fillers.</summary>
    internal static bool IsInvisible(Rune rune) => rune.Value switch
    {
        '\n' or '\t' or '\r' or '\v' or '\f' => rune.Value is not ('\n' or '\t'),
        0x85 or 0x2028 or 0x2029 => false,
        < 0x20 or (>= 0x7f and <= 0x9f) or 0xad => true,
        0x17b4 or 0x17b5 or 0x34f or 0x115f or 0x1160 or 0x20e3 or 0x3164 or 0xffa0 => true,
        >= 0xfe00 and <= 0xfe0f or >= 0x180b and <= 0x180f or >= 0xe0000 and <= 0xe0fff => true,
        >= 0xfdd0 and <= 0xfdef => true,
        _ when (rune.Value & 0xfffe) == 0xfffe => true, // noncharacters
        _ => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format,
    };
}
