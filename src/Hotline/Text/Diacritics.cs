using System.Text;

namespace Hotline.Text;

/// <summary>Latin letters without their marks, one unit for one unit; <c>đ</c> becomes <c>d</c>. Other scripts are left alone.</summary>
internal static class Diacritics
{
    private static readonly char[] Table = Build();

    public static char Strip(char c) => c < Table.Length ? Table[c] : c;

    /// <summary>A Vietnamese letter without its tone, other marks kept: <c>ế</c> is <c>ê</c>.</summary>
    public static char StripTone(char c)
    {
        if (c is not (>= '\u00c0' and < '\u0250') and not (>= '\u1e00' and <= '\u1eff'))
        {
            return c;
        }

        var kept = new string([.. c.ToString().Normalize(NormalizationForm.FormD).Where(m => m is not ('\u0300' or '\u0301' or '\u0303' or '\u0309' or '\u0323'))])
            .Normalize(NormalizationForm.FormC);
        return kept.Length == 1 ? kept[0] : c;
    }

    public static string Strip(string text) =>
        text.AsSpan().ContainsAnyExceptInRange('\0', '\x7f') ? string.Create(text.Length, text, static (to, from) => Strip(from, to)) : text;

    public static void Strip(ReadOnlySpan<char> from, Span<char> to)
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = Strip(from[i]);
        }
    }

    private static char[] Build()
    {
        var table = new char[0x1f00];
        for (var i = 0; i < table.Length; i++)
        {
            var c = (char)i;
            table[i] = c is (>= '\u00c0' and < '\u0250') or >= '\u1e00' ? Base(c) : c;
        }

        (table['đ'], table['Đ'], table['ł'], table['ø'], table['ı']) = ('d', 'd', 'l', 'o', 'i');
        return table;
    }

    private static char Base(char c)
    {
        var first = c.ToString().Normalize(NormalizationForm.FormD)[0];
        return first < 0x80 ? char.ToLowerInvariant(first) : c;
    }
}
