using System.Text;

namespace Hotline.Localization;

/// <summary>
/// Placeholders in texts for people: <c>{name}</c> or <c>{phone:RESOURCE}</c>. There is no escape for braces; a text that
/// needs one needs other words. A line whose placeholder has no value now (a number that nobody has verified) is left out
/// whole: half a sentence with a hole in it helps nobody. The content check sees to it that another line remains.
/// </summary>
public static class MessageText
{
    /// <summary>The text with every placeholder replaced; lines whose placeholder has no value are left out.</summary>
    public static string Format(string text, Func<string, string?> value)
    {
        if (!text.Contains('{', StringComparison.Ordinal))
        {
            return text;
        }

        var lines = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (FormatLine(line, value) is { } whole)
            {
                lines.Add(whole);
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>The names between braces, in order, doubles included.</summary>
    public static IReadOnlyList<string> Placeholders(string text)
    {
        var names = new List<string>();
        for (var at = 0; Next(text, at, out var start, out var end); at = end)
        {
            names.Add(text[(start + 1)..(end - 1)]);
        }

        return names;
    }

    /// <summary>A brace that belongs to no placeholder.</summary>
    public static bool HasStrayBrace(string text)
    {
        var rest = new StringBuilder();
        var at = 0;
        for (; Next(text, at, out var start, out var end); at = end)
        {
            rest.Append(text, at, start - at);
        }

        rest.Append(text, at, text.Length - at);
        return rest.ToString().AsSpan().IndexOfAny('{', '}') >= 0;
    }

    private static string? FormatLine(string line, Func<string, string?> value)
    {
        var made = new StringBuilder(line.Length + 16);
        var at = 0;
        for (; Next(line, at, out var start, out var end); at = end)
        {
            if (value(line[(start + 1)..(end - 1)]) is not { } filled)
            {
                return null;
            }

            made.Append(line, at, start - at).Append(filled);
        }

        return made.Append(line, at, line.Length - at).ToString();
    }

    /// <summary>The next placeholder at or after <paramref name="at"/>: from its opening brace to behind its closing one.</summary>
    private static bool Next(string text, int at, out int start, out int end)
    {
        for (start = text.IndexOf('{', at); start >= 0; start = text.IndexOf('{', start + 1))
        {
            end = start + 1;
            while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or ':'))
            {
                end++;
            }

            if (end < text.Length && text[end] == '}' && end > start + 1)
            {
                end++;
                return true;
            }
        }

        end = 0;
        return false;
    }
}
