using System.Text;

namespace Hotline.Localization;

/// <summary>Quoted strings of PO files: C escapes both ways.</summary>
internal static class PoText
{
    /// <summary>
    /// Reads up to the closing quote. <paramref name="used"/> counts the characters after the opening quote, the closing one
    /// included; on a fault it tells where (−1: at the opening quote).
    /// </summary>
    public static string Unescape(ReadOnlySpan<char> text, out int used, out string? fault)
    {
        var value = new StringBuilder(text.Length);
        fault = null;
        for (used = 0; used < text.Length; used++)
        {
            switch (text[used])
            {
                case '"':
                    used++;
                    return value.ToString();
                case '\\' when used + 1 < text.Length:
                    used++;
                    if (!Escape(text, ref used, value))
                    {
                        fault = $"'\\{text[used]}' is no escape";
                        return "";
                    }

                    break;
                default:
                    value.Append(text[used]);
                    break;
            }
        }

        used = -1;
        fault = "the closing quote is missing";
        return "";
    }

    /// <summary>The inside of a quoted string, as <c>msgcat</c> writes it.</summary>
    public static string Escape(ReadOnlySpan<char> value)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (var c in value)
        {
            _ = c switch
            {
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                '\r' => text.Append("\\r"),
                '\a' => text.Append("\\a"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\v' => text.Append("\\v"),
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                _ => text.Append(c),
            };
        }

        return text.ToString();
    }

    /// <summary>Reads what follows a backslash; <paramref name="at"/> ends on its last character.</summary>
    private static bool Escape(ReadOnlySpan<char> text, ref int at, StringBuilder value)
    {
        var c = text[at];
        char? plain = c switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'v' => '\v',
            '"' or '\\' or '\'' or '?' => c,
            _ => null,
        };
        if (plain is not null)
        {
            value.Append(plain);
            return true;
        }

        var (radix, start, longest) = c switch
        {
            >= '0' and <= '7' => (8, at, 3),
            'x' => (16, at + 1, 2),
            _ => (0, at, 0),
        };
        var end = start;
        var number = 0;
        while (radix > 0 && end < text.Length && end - start < longest && Digit(text[end]) is var digit && digit < radix)
        {
            number = (number * radix) + digit;
            end++;
        }

        // a byte beyond ASCII would be a piece of an encoded character: not a text
        if (end == start || number > 0x7F)
        {
            return false;
        }

        value.Append((char)number);
        at = end - 1;
        return true;
    }

    private static int Digit(char c) => char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : int.MaxValue;
}
