using System.Collections.Frozen;
using Hotline.Localization;

namespace Hotline.Text;

/// <summary>
/// Letter trigrams that tell English, unmarked Vietnamese and Indonesian apart, learnt at start from <see cref="LatinSamples"/>.
/// It only proposes, and never from one word.
/// </summary>
internal static class LatinLanguages
{
    /// <summary>The better language must lead by this much in natural logarithm, or nothing is said.</summary>
    private const double Margin = 1.0;

    private static readonly LanguageTag[] Tags = [LanguageTag.English, LanguageTag.Vietnamese, LanguageTag.Indonesian];
    private static readonly (FrozenDictionary<int, double[]> Table, double[] Unseen) Model = Train();

    public static LanguageTag? Propose(string key)
    {
        var text = Diacritics.Strip(key);
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(w => w.Length > 1 && w.All(char.IsAsciiLetter)) < 2)
        {
            return null;
        }

        Span<double> sums = stackalloc double[Tags.Length];
        foreach (var gram in Grams(text))
        {
            var row = Model.Table.GetValueOrDefault(gram) ?? Model.Unseen;
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += row[i];
            }
        }

        var best = 0;
        for (var i = 1; i < sums.Length; i++)
        {
            best = sums[i] > sums[best] ? i : best;
        }

        for (var i = 0; i < sums.Length; i++)
        {
            if (i != best && sums[best] - sums[i] < Margin)
            {
                return null;
            }
        }

        return Tags[best];
    }

    private static (FrozenDictionary<int, double[]> Table, double[] Unseen) Train()
    {
        string[] samples = [LatinSamples.English, LatinSamples.Vietnamese, LatinSamples.Indonesian];
        var counts = new Dictionary<int, double[]>();
        var totals = new double[samples.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            foreach (var gram in Grams(Diacritics.Strip(TextNormalizer.Key(samples[i]))))
            {
                counts.TryAdd(gram, new double[samples.Length]);
                counts[gram][i]++;
                totals[i]++;
            }
        }

        const double smooth = 0.3;
        foreach (var row in counts.Values)
        {
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = Math.Log((row[i] + smooth) / (totals[i] + (smooth * counts.Count)));
            }
        }

        var unseen = new double[samples.Length]; // what no sample has speaks for none
        return (counts.ToFrozenDictionary(), unseen);
    }

    private static IEnumerable<int> Grams(string text)
    {
        var (a, b) = (' ', ' ');
        foreach (var c in text.Append(' '))
        {
            var letter = c is >= 'a' and <= 'z' ? c : ' ';
            if (letter != ' ' || b != ' ')
            {
                yield return (a << 16) | (b << 8) | letter;
            }

            (a, b) = (b, letter);
        }
    }
}
