using System.Globalization;

namespace Hotline.Cli.Measuring;

/// <summary>A share with its 95 % Wilson interval: honest also for few texts and for 0 or 100 %.</summary>
internal readonly record struct Wilson(int Hits, int Total)
{
    private const double Z = 1.959964;

    public (double Low, double High) Interval()
    {
        if (Total == 0)
        {
            return (0, 1);
        }

        double n = Total;
        var share = Hits / n;
        var middle = (share + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((share * (1 - share) / n) + (Z * Z / (4 * n * n)));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }

    public override string ToString()
    {
        if (Total == 0)
        {
            return "–";
        }

        var (low, high) = Interval();
        return string.Create(CultureInfo.InvariantCulture, $"{100.0 * Hits / Total:0.0} % ({100 * low:0}–{100 * high:0}), n={Total}");
    }
}
