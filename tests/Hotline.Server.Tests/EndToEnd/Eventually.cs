using System.Diagnostics;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>Waits for a real condition in another process, with a limit. Not a sleep: it ends as soon as the condition holds.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(75);

    /// <exception cref="TimeoutException">The condition did not come true in time.</exception>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T?>> look, TimeSpan? limit = null)
        where T : class
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < (limit ?? Limit))
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"did not come: {what}");
    }

    public static Task BecomesTrueAsync(string what, Func<Task<bool>> look, TimeSpan? limit = null) =>
        GetAsync(what, async () => await look() ? "yes" : null, limit);
}
