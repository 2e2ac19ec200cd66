using System.Globalization;
using System.Reflection;
using System.Text;

namespace Hotline.Text;

/// <summary>
/// Says whether Burmese was typed as Zawgyi or as Unicode, by which code follows which. It decides only what staff are shown
/// and how replies are written; danger is looked for in both readings whatever it says.
/// </summary>
public static class ZawgyiDetector
{
    /// <summary>So sure it must be: nineteen to one.</summary>
    private const double Sure = 2.944;

    /// <summary>A sample that says little counts little.</summary>
    private const double Smooth = 0.5;

    private const int States = 0xa0 + 1;

    private static readonly Lazy<float[]> Table = new(Load);

    /// <summary>What the text was typed in, or <c>null</c> when it is not certain: no Burmese, too little, or the same in both.</summary>
    public static BurmeseLetters? Detect(string message)
    {
        var text = message.Length <= 1000 ? message : message[..1000];
        if (!text.AsSpan().ContainsAnyInRange('\u1000', '\u109f') || string.Equals(ZawgyiReader.Read(text), text, StringComparison.Ordinal))
        {
            return null;
        }

        double sum = 0;
        Steps(text, (from, to) => sum += Table.Value[(from * States) + to]);
        return sum >= Sure ? BurmeseLetters.Zawgyi : sum <= -Sure ? BurmeseLetters.Unicode : null;
    }

    /// <summary>Learns from Unicode texts, each also written as Zawgyi. A line per pair of codes: how often in Zawgyi, how often in Unicode.</summary>
    internal static string Train(IEnumerable<string> texts)
    {
        var counts = new int[2][] { new int[States * States], new int[States * States] };
        foreach (var text in texts)
        {
            Steps(Zawgyi.FromUnicode(text), (from, to) => counts[0][(from * States) + to]++);
            Steps(text, (from, to) => counts[1][(from * States) + to]++);
        }

        var written = new StringBuilder();
        for (var i = 0; i < States * States; i++)
        {
            if (counts[0][i] + counts[1][i] > 0)
            {
                written.Append(CultureInfo.InvariantCulture, $"{i / States:x2} {i % States:x2} {counts[0][i]} {counts[1][i]}\n");
            }
        }

        return written.ToString();
    }

    /// <summary>Pairs of neighbours; whatever is not Burmese is one state, and two of it in a row say nothing.</summary>
    private static void Steps(string text, Action<int, int> step)
    {
        var before = 0;
        foreach (var c in text.Append(' '))
        {
            var state = c is >= '\u1000' and <= '\u109f' && !char.IsDigit(c) ? c - '\u1000' + 1 : 0;
            if (state != 0 || before != 0)
            {
                step(before, state);
            }

            before = state;
        }
    }

    private static float[] Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("zawgyi.model")
            ?? throw new InvalidOperationException("the library was built without its Zawgyi model");
        using var reader = new StreamReader(stream);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ')).ToList();
        var totals = new double[2][] { new double[States], new double[States] };
        foreach (var row in rows)
        {
            var from = int.Parse(row[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            totals[0][from] += int.Parse(row[2], CultureInfo.InvariantCulture);
            totals[1][from] += int.Parse(row[3], CultureInfo.InvariantCulture);
        }

        var table = new float[States * States];
        foreach (var row in rows)
        {
            var (from, to) = (int.Parse(row[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), int.Parse(row[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            var zawgyi = (int.Parse(row[2], CultureInfo.InvariantCulture) + Smooth) / (totals[0][from] + (Smooth * States));
            var unicode = (int.Parse(row[3], CultureInfo.InvariantCulture) + Smooth) / (totals[1][from] + (Smooth * States));
            table[(from * States) + to] = (float)Math.Log(zawgyi / unicode);
        }

        return table;
    }
}
