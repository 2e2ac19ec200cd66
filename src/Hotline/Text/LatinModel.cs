using System.Globalization;
using System.Text;

namespace Hotline.Text;

/// <summary>
/// Counts of letter runs per language, as naive Bayes. Shipped as a text that a person can read: a line of class names, a line
/// of totals for each length of run, then each run with its counts (<c>_ng 12 0 3 …</c>, a space written as <c>_</c>).
/// </summary>
internal sealed class LatinModel
{
    private const double Smooth = 0.5;

    private readonly string[] _classes;
    private readonly Dictionary<int, float[]> _rows;

    private LatinModel(string[] classes, Dictionary<int, float[]> rows) => (_classes, _rows) = (classes, rows);

    /// <summary>Learns from keys of <see cref="TextNormalizer.Key"/>, each with its class; the same samples give the same text.</summary>
    public static string Train(IEnumerable<(string Class, string Key)> samples)
    {
        var all = samples.ToList();
        string[] classes = [.. all.Select(s => s.Class).Distinct().Order(StringComparer.Ordinal)];
        var counts = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        foreach (var (name, key) in all)
        {
            LatinLetters.ForEachRun(LatinLetters.Of(key), (counts, classes.Length, Array.IndexOf(classes, name)), static (run, s) =>
            {
                var text = run.ToString().Replace(' ', '_');
                if (!s.counts.TryGetValue(text, out var row))
                {
                    s.counts.Add(text, row = new int[s.Length]);
                }

                row[s.Item3]++;
            });
        }

        var written = new StringBuilder().AppendJoin(' ', classes).Append('\n');
        for (var size = 2; size <= LatinLetters.Longest; size++)
        {
            var row = new int[classes.Length + 1];
            foreach (var (run, each) in counts.Where(c => c.Key.Length == size))
            {
                row[0]++;
                for (var i = 0; i < each.Length; i++)
                {
                    row[i + 1] += each[i];
                }
            }

            written.AppendJoin(' ', row).Append('\n');
        }

        foreach (var (run, row) in counts)
        {
            written.Append(run).Append(' ').AppendJoin(' ', row).Append('\n');
        }

        return written.ToString();
    }

    /// <summary>Reads what <see cref="Train"/> wrote.</summary>
    public static LatinModel Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var classes = lines[0].Split(' ');
        var totals = lines[1..LatinLetters.Longest].Select(Numbers).ToArray();
        var rows = new Dictionary<int, float[]>(lines.Length);
        foreach (var line in lines.AsSpan(LatinLetters.Longest))
        {
            var cut = line.IndexOf(' ', StringComparison.Ordinal);
            var counts = Numbers(line[(cut + 1)..]);
            var total = totals[cut - 2];
            var row = new float[classes.Length];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = (float)Math.Log((counts[i] + Smooth) / (total[i + 1] + (Smooth * total[0])));
            }

            rows.Add(LatinLetters.Id(line[..cut].Replace('_', ' ')), row);
        }

        return new(classes, rows);
    }

    /// <summary>The likeliest class and by how much it leads; <c>null</c> when no run is known.</summary>
    public (string Class, double Lead)? Best(string letters)
    {
        var sums = new double[_classes.Length + 1];
        LatinLetters.ForEachRun(letters, (_rows, sums), static (run, s) =>
        {
            // what no sample has speaks for none
            if (s._rows.TryGetValue(LatinLetters.Id(run), out var row))
            {
                for (var i = 0; i < row.Length; i++)
                {
                    s.sums[i] += row[i];
                }

                s.sums[^1]++;
            }
        });
        if (sums[^1] == 0)
        {
            return null;
        }

        var best = 0;
        for (var i = 1; i < _classes.Length; i++)
        {
            best = sums[i] > sums[best] ? i : best;
        }

        var lead = double.MaxValue;
        for (var i = 0; i < _classes.Length; i++)
        {
            lead = i == best ? lead : Math.Min(lead, sums[best] - sums[i]);
        }

        return (_classes[best], lead);
    }

    private static int[] Numbers(string line) =>
        [.. line.Split(' ').Select(n => int.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture))];
}
