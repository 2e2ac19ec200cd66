using System.Text;

namespace Hotline.Text;

/// <summary>Drawn-out letters: <c>heeelp</c>, <c>ช่วยด้วยยยย</c>. Digits are never shortened: Thai 555 is laughter.</summary>
internal static class Elongation
{
    /// <summary>Every run of three or more equal letters as one.</summary>
    public static string Squeeze(string key)
    {
        var built = new StringBuilder(key.Length);
        for (var i = 0; i < key.Length;)
        {
            var end = i;
            while (end < key.Length && key[end] == key[i])
            {
                end++;
            }

            built.Append(key[i], end - i >= 3 && !char.IsDigit(key[i]) ? 1 : end - i);
            i = end;
        }

        return built.ToString();
    }
}
