using System.Globalization;

namespace Hotline.Benchmarks.Load;

/// <summary>What one run of <c>load</c> measures.</summary>
/// <param name="Store"><c>redis</c> or <c>sqlite</c>.</param>
/// <param name="Fsync">Redis only: when the append-only file is written to the disk, <c>everysec</c> or <c>always</c>.</param>
/// <param name="People">Conversations that exist before measuring begins.</param>
/// <param name="Copies">Copies of the server on the same Redis; people are spread over them.</param>
internal sealed record LoadPlan(string Store, string Fsync, int Connections, TimeSpan Duration, int People, int Copies)
{
    public static string Usage => """
        load [--store redis|sqlite] [--fsync everysec|always] [--connections 64] [--seconds 12] [--people 8000] [--copies 1]
        """;

    public bool IsRedis => Store == "redis";

    /// <returns><c>null</c> where the words are not understood.</returns>
    public static LoadPlan? Read(ReadOnlySpan<string> words)
    {
        var plan = new LoadPlan("redis", "everysec", 64, TimeSpan.FromSeconds(12), 8000, 1);
        for (; words is [var name, var value, .. var rest]; words = rest)
        {
            var number = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n : 0;
            var next = (name, value) switch
            {
                ("--store", "redis" or "sqlite") => plan with { Store = value },
                ("--fsync", "everysec" or "always") => plan with { Fsync = value },
                ("--connections", _) when number > 0 => plan with { Connections = number },
                ("--seconds", _) when number > 0 => plan with { Duration = TimeSpan.FromSeconds(number) },
                ("--people", _) when number > 0 => plan with { People = number },
                ("--copies", _) when number > 0 => plan with { Copies = number },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            plan = next;
        }

        return words.Length == 0 && (plan.IsRedis || plan.Copies == 1) ? plan : null;
    }
}
