using Hotline.Localization;

namespace Hotline.Text;

/// <summary>
/// Reads a menu answer: the whole message must be one number in range, one number word, one letter a…n or a title, but for
/// fillers around it. "555", "1 or 2", "½" and "orang2" are no choice.
/// </summary>
internal static class ChoiceReader
{
    private const string Han = "一二三四五六七八九十";
    private const string Banker = "壹贰叁肆伍陆柒捌玖拾";

    public static int? Choose(string message, IEnumerable<WordList> lists, LanguageTag own, IReadOnlyList<string> titles)
    {
        var key = TextNormalizer.Key(message);
        if (key.Length == 0 || message.AsSpan().ContainsAny('\u00bd', '\u00bc', '\u00be'))
        {
            return null;
        }

        if (ByTitle(key, titles) is { } exact)
        {
            return exact;
        }

        var all = lists.ToList();
        var mine = all.Find(l => l.Language == own);
        foreach (var list in all.OrderBy(l => l.Language == own ? 0 : 1))
        {
            if (list != mine && !IsForeignScript(key, list.Language))
            {
                continue;
            }

            var bare = list.WithoutFillers(key);
            if ((Number(bare) ?? (list.Numbers.TryGetValue(bare, out var word) ? word : null)) is { } number)
            {
                return number >= 1 && number <= titles.Count ? number : null;
            }

            if (list == mine && bare != key && ByTitle(bare, titles) is { } title)
            {
                return title;
            }
        }

        if (Number(key) is { } plain)
        {
            return plain >= 1 && plain <= titles.Count ? plain : null;
        }

        return Letter(mine?.WithoutFillers(key) ?? key, titles.Count) ?? ByStart(key, titles);
    }

    /// <summary>Words in a script of their own cannot be mistaken for another language's.</summary>
    private static bool IsForeignScript(string key, LanguageTag language) =>
        key.AsSpan().ContainsAnyExceptInRange('\0', '\u024f') && language.Value is "th" or "lo" or "km" or "my" or "zh-Hans";

    private static int? Number(string key) => key switch
    {
        { Length: 1 or 2 } when key.All(char.IsAsciiDigit) => key.Length == 1 ? key[0] - '0' : ((key[0] - '0') * 10) + key[1] - '0',
        "两" or "俩" => 2,
        { Length: 1 } when HanDigit(key[0]) is { } digit => digit,
        ['十' or '拾', var ones] when HanDigit(ones) is { } digit and < 10 => 10 + digit,
        _ => null,
    };

    private static int? HanDigit(char c) =>
        Han.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i ? i + 1
        : Banker.IndexOf(c, StringComparison.Ordinal) is >= 0 and var b ? b + 1
        : null;

    private static int? Letter(string key, int count) =>
        key is [>= 'a' and <= 'n' and var letter] && letter - 'a' < count ? letter - 'a' + 1 : null;

    private static int? ByTitle(string key, IReadOnlyList<string> titles)
    {
        var bare = Diacritics.Strip(key);
        for (var i = 0; i < titles.Count; i++)
        {
            var title = TextNormalizer.Key(titles[i]);
            if (title == key || (bare == key && Diacritics.Strip(title) == key))
            {
                return i + 1;
            }
        }

        return null;
    }

    /// <summary>The beginning of just one title.</summary>
    private static int? ByStart(string key, IReadOnlyList<string> titles)
    {
        if (key.Length < (key[0] < 0x250 ? 4 : 3))
        {
            return null;
        }

        int? found = null;
        for (var i = 0; i < titles.Count; i++)
        {
            if (TextNormalizer.Key(titles[i]).StartsWith(key, StringComparison.Ordinal))
            {
                if (found is not null)
                {
                    return null;
                }

                found = i + 1;
            }
        }

        return found;
    }
}
