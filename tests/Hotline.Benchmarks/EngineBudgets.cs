using System.Text.Json;

namespace Hotline.Benchmarks;

/// <summary>
/// Compares the allocated bytes of a turn with <c>budgets.json</c>. Bytes are exact on a noisy machine; times are not, so
/// they are only printed.
/// </summary>
internal static class EngineBudgets
{
    private const int Warm = 2_000;
    private const int Rounds = 2_000;

    public static int Check()
    {
        var path = Path.Combine(RepositoryContent.Root, "tests", "Hotline.Benchmarks", "budgets.json");
        using var file = JsonDocument.Parse(File.ReadAllText(path));
        var budgets = file.RootElement.GetProperty("turn_bytes"); // what was reached: more is a step back and fails
        var goals = file.RootElement.GetProperty("goal_bytes"); // what the design wants: more is said
        var over = 0;
        foreach (var language in EngineTurns.Languages)
        {
            var (bytes, time) = Measure(language);
            var budget = budgets.GetProperty(language).GetInt64();
            var goal = goals.GetProperty(language).GetInt64();
            over += bytes > budget ? 1 : 0;
            var verdict = bytes > budget ? "OVER BUDGET" : bytes > goal ? $"over the goal of {goal}" : "";
            Console.WriteLine($"{language,-8} {bytes,8} B of {budget,6} {time.TotalMicroseconds,8:F1} µs {verdict}");
        }

        return over == 0 ? 0 : 1;
    }

    private static (long Bytes, TimeSpan Time) Measure(string language)
    {
        var turns = new EngineTurns { Language = language };
        turns.Setup();
        for (var i = 0; i < Warm; i++)
        {
            turns.Turn();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        for (var i = 0; i < Rounds; i++)
        {
            turns.Turn();
        }

        var time = System.Diagnostics.Stopwatch.GetElapsedTime(start);
        return ((GC.GetAllocatedBytesForCurrentThread() - before) / Rounds, time / Rounds);
    }
}
