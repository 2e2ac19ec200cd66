using System.Diagnostics;

namespace Hotline.Benchmarks.Load;

/// <summary>
/// Sends people's messages: each person walks through the same talk, in order. Closed loop: every connection sends as soon
/// as it was answered. Open loop: messages are due at fixed moments, and a late one counts from the moment it was due, so
/// that a slow server cannot hide behind a waiting generator.
/// </summary>
internal sealed class Generator(IReadOnlyList<string> servers, int connections, int people)
{
    // Nobody writes more than this, or the hourly limit of bot replies would make the later turns cheaper.
    private static readonly string[] Talk = ["menu", "1", "1", "2", "1", "2", "menu", "6", "menu", "2", "1", "menu"];
    private readonly Dictionary<int, (int Person, int Step)> _places = [];

    public int MostTurns => people * Talk.Length;

    /// <summary>Everybody writes for the first time, so that the conversations exist.</summary>
    public Task<Latencies> GreetAsync() => RunAsync(worker => Next(worker, greet: true), rate: null, TimeSpan.FromMinutes(30));

    public Task<Latencies> ClosedAsync(TimeSpan duration) => RunAsync(worker => Next(worker, greet: false), rate: null, duration);

    public Task<Latencies> OpenAsync(double rate, TimeSpan duration) => RunAsync(worker => Next(worker, greet: false), rate, duration);

    /// <summary>The next message of a connection's people: all of them take one step before anybody takes the next.</summary>
    private (int Person, string Text)? Next(int worker, bool greet)
    {
        var (person, round) = Place(worker);
        if (person >= people)
        {
            (person, round) = (worker, round + 1);
        }

        if (round >= (greet ? 1 : Talk.Length + 1) || person >= people)
        {
            return null;
        }

        Put(worker, (person + connections, round));
        return (person, round == 0 ? "hello" : Talk[round - 1]);
    }

    private (int Person, int Step) Place(int worker)
    {
        lock (_places)
        {
            return _places.GetValueOrDefault(worker, (worker, 0));
        }
    }

    private void Put(int worker, (int Person, int Step) place)
    {
        lock (_places)
        {
            _places[worker] = place;
        }
    }

    private async Task<Latencies> RunAsync(Func<int, (int Person, string Text)?> next, double? rate, TimeSpan duration)
    {
        var result = new Latencies();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(worker => Task.Run(() => WorkAsync(worker, next, rate, duration, watch, result))));
        result.Elapsed = watch.Elapsed;
        return result;
    }

    private async Task WorkAsync(int worker, Func<int, (int Person, string Text)?> next, double? rate, TimeSpan duration, Stopwatch watch, Latencies result)
    {
        var url = servers[worker % servers.Count];
        using var wire = await Wire.OpenAsync(new Uri(url).Port);
        var mine = new List<double>();
        var failed = 0;
        for (var i = 0L; watch.Elapsed < duration; i++)
        {
            var due = rate is { } r ? TimeSpan.FromSeconds(((i * connections) + worker) / r) : watch.Elapsed;
            if (due >= duration || next(worker) is not { } message)
            {
                break;
            }

            if (due > watch.Elapsed)
            {
                await Task.Delay(due - watch.Elapsed);
            }

            if (rate is null)
            {
                due = watch.Elapsed;
            }

            var status = await wire.AskAsync(Webhook.Make(url, message.Person, message.Text));
            mine.Add(Math.Max(0, (watch.Elapsed - due).TotalMilliseconds));
            failed += status == 200 ? 0 : 1;
        }

        result.Add(mine, failed);
    }
}
