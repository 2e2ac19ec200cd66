namespace Hotline.Text;

/// <summary>How many letters were left out, put in, changed or swapped with the next.</summary>
internal static class Edits
{
    private const int MaxLength = 64;

    /// <summary>The number of edits between the two, or <c>null</c> when there are more than <paramref name="most"/>.</summary>
    public static int? Within(ReadOnlySpan<char> one, ReadOnlySpan<char> other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most || one.Length > MaxLength || other.Length > MaxLength)
        {
            return null;
        }

        Span<byte> before = stackalloc byte[MaxLength + 1];
        Span<byte> row = stackalloc byte[MaxLength + 1];
        Span<byte> next = stackalloc byte[MaxLength + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            row[j] = (byte)j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            next[0] = (byte)i;
            var least = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var cost = row[j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                cost = Math.Min(cost, Math.Min(row[j], next[j - 1]) + 1);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    cost = Math.Min(cost, before[j - 2] + 1);
                }

                next[j] = (byte)cost;
                least = Math.Min(least, cost);
            }

            if (least > most)
            {
                return null;
            }

            row.CopyTo(before);
            next.CopyTo(row);
        }

        return row[other.Length] <= most ? row[other.Length] : null;
    }
}
