namespace Hotline.Server.Hosting;

/// <summary>Counts times in buckets that grow by a fifth, from 0.1 ms to minutes, so that percentiles of any stretch can be told to within that.</summary>
internal sealed class TimeBuckets
{
    private const double Smallest = 0.1;
    private const double Growth = 1.2;
    private const int Buckets = 80;

    private readonly long[] _counts = new long[Buckets];

    public void Add(double milliseconds)
    {
        var bucket = milliseconds <= Smallest ? 0 : (int)Math.Ceiling(Math.Log(milliseconds / Smallest, Growth));
        Interlocked.Increment(ref _counts[Math.Clamp(bucket, 0, Buckets - 1)]);
    }

    public long[] Read()
    {
        var read = new long[Buckets];
        for (var i = 0; i < Buckets; i++)
        {
            read[i] = Interlocked.Read(ref _counts[i]);
        }

        return read;
    }

    /// <summary>The time that this share of what was counted between two readings did not exceed; <c>null</c> when nothing was.</summary>
    public static double? Percentile(long[] from, long[] to, double share)
    {
        var total = 0L;
        for (var i = 0; i < Buckets; i++)
        {
            total += to[i] - from[i];
        }

        var wanted = (long)Math.Ceiling(total * share);
        for (var i = 0; i < Buckets && total > 0; i++)
        {
            wanted -= to[i] - from[i];
            if (wanted <= 0)
            {
                return Smallest * Math.Pow(Growth, i);
            }
        }

        return null;
    }
}
