using System.Text;

namespace Hotline.Text;

/// <summary>Drawn-out letters: <c>heeelp</c>, <c>ช่วยด้วยยยย</c>. Digits are never shortened: Thai 555 is laughter.</summary>
internal static class Elongation
{
    /// <summary>Every run of three or more equal letters as <paramref name="keep"/>.</summary>
    public static string Squeeze(string key, int keep)
    {
        var built = new StringBuilder(key.Length);
        for (var i = 0; i < key.Length;)
        {
            var end = i;
            while (end < key.Length && key[end] == key[i])
            {
                end++;
            }

            built.Append(key[i], end - i >= 3 && !char.IsDigit(key[i]) ? keep : end - i);
            i = end;
        }

        return built.ToString();
    }

    public static bool IsDrawnOut(ReadOnlySpan<char> key)
    {
        for (var i = 2; i < key.Length; i++)
        {
            if (key[i] == key[i - 1] && key[i] == key[i - 2] && char.IsLetter(key[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every run of three or more equal letters as <paramref name="keep"/>, in place.</summary>
    public static void Squeeze(NormalizedText text, int keep)
    {
        var to = 0;
        for (var i = 0; i < text.Length;)
        {
            var end = i;
            while (end < text.Length && text[end] == text[i])
            {
                end++;
            }

            var kept = end - i >= 3 && !char.IsDigit(text[i]) ? keep : end - i;
            for (var last = end; i < last; i++)
            {
                if (kept-- > 0)
                {
                    text.Move(i, to++);
                }
                else
                {
                    text.Widen(to - 1, i);
                }
            }
        }

        text.Cut(to);
    }
}
