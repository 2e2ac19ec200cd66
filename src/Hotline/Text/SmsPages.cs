namespace Hotline.Text;

/// <summary>A long text page by page: three SMS, then a word on how to read on.</summary>
public static class SmsPages
{
    /// <summary>SMS parts of one page.</summary>
    public const int Segments = 3;

    /// <summary>Pages that a text may have; the check of the content refuses a longer one.</summary>
    public const int Most = 4;

    private const int GsmUnits = 153;
    private const int UcsUnits = 67;

    /// <summary>The first page with <paramref name="hint"/> below it, and what is left; the whole text and <c>null</c> when it fits.</summary>
    public static (string Page, string? Left) Cut(string text, string hint)
    {
        if (SmsSegments.Count(text).Segments <= Segments)
        {
            return (text, null);
        }

        var gsm = SmsSegments.Count(text + hint).Encoding == SmsSegments.Gsm7;
        for (var room = (Segments * (gsm ? GsmUnits : UcsUnits)) - hint.Length - 1; ; room -= 8)
        {
            // pairs that do not fit leave a unit free, some characters take two
            var first = SmsPaging.Split(text, Math.Max(room, 16))[0];
            var page = hint.Length == 0 ? first.TrimEnd() : $"{first.TrimEnd()}\n{hint}";
            if (room <= 16 || SmsSegments.Count(page).Segments <= Segments)
            {
                return text[first.Length..].TrimStart() is { Length: > 0 } left ? (page, left) : (text, null);
            }
        }
    }

    /// <summary>As much of what is left as the content allows in one text; no message can make the record grow over it.</summary>
    public static string Keep(string left)
    {
        var gsm = SmsSegments.Count(left).Encoding == SmsSegments.Gsm7;
        return SmsPaging.Split(left, (Most - 1) * Segments * (gsm ? GsmUnits : UcsUnits))[0].TrimEnd();
    }
}
