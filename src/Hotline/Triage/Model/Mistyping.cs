using System.Text;
using Hotline.Text;

namespace Hotline.Triage.Model;

/// <summary>A message as a hurried or unmarked hand would have typed it: what people write is not what examples say.</summary>
internal static class Mistyping
{
    /// <summary>Other spellings of the message, the same in every run; none when nothing changes.</summary>
    public static IEnumerable<string> Of(string text)
    {
        var chance = new FixedChance(FeatureHash.Of(FeatureKind.Run, text));
        if (text.Any(c => Diacritics.Strip(c) != c))
        {
            yield return Diacritics.Strip(text);
        }

        if (Slip(text, chance) is { } slipped && slipped != text)
        {
            yield return slipped;
        }
    }

    /// <summary>Latin: a letter left out or swapped in some longer words. Others: some marks left out.</summary>
    private static string? Slip(string text, FixedChance chance)
    {
        var made = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var unit = text[i];
            var inWord = i > 0 && i + 1 < text.Length && char.IsAsciiLetter(text[i - 1]) && char.IsAsciiLetter(unit) && char.IsAsciiLetter(text[i + 1]);
            if (inWord && chance.Next(14) == 0)
            {
                if (chance.Next(2) == 0)
                {
                    continue;
                }

                made.Append(text[i + 1]).Append(unit);
                i++;
                continue;
            }

            if (IsOftenLeftOut(unit) && chance.Next(5) == 0)
            {
                continue;
            }

            made.Append(unit);
        }

        return made.ToString();
    }

    /// <summary>Thai and Lao tone marks and the mark of a silent letter, the Burmese dot.</summary>
    private static bool IsOftenLeftOut(char unit) =>
        unit is (>= '\u0e47' and <= '\u0e4c') or (>= '\u0ec8' and <= '\u0ecc') or '\u1037' or '\u17cb' or '\u17d0';
}
