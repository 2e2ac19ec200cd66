using System.Diagnostics;
using System.Globalization;

namespace Hotline.Benchmarks.Load;

/// <summary>
/// <c>load</c>: the built server under signed webhooks, beside the bare ceiling of the same run that writes the same bytes.
/// <c>accept</c>: outbox paused, message to durable turn. <c>whole</c>: until the provider has every text.
/// </summary>
internal static class LoadRun
{
    public static async Task<int> RunAsync(LoadPlan plan)
    {
        using var redis = plan.IsRedis ? await RedisUnderTest.StartAsync(plan.Fsync) : null;
        Write($"store              {plan.Store}{(plan.IsRedis ? $", append-only file {plan.Fsync}" : "")}, {plan.Copies} server, {plan.Connections} connections, {plan.People} people");
        Write($"bare fsync         {Machine.MeasureFsync(Path.GetTempPath()):F3} ms (4 KB append, median of 200)");
        var accept = await AcceptAsync(plan, redis);
        if (redis is not null)
        {
            var ceiling = await BareAsync(plan, redis, accept.Bytes, provider: false);
            Write($"accept / ceiling   {accept.Rate / ceiling:P0} (wanted 60 %)");
        }

        var whole = await WholeAsync(plan, redis);
        if (redis is not null)
        {
            var ceilingWhole = await BareAsync(plan, redis, accept.Bytes, provider: true);
            Write($"whole / ceiling    {whole / ceilingWhole:P0} (wanted 50 %)");
        }

        return 0;
    }

    private static async Task<(double Rate, int Bytes)> AcceptAsync(LoadPlan plan, RedisUnderTest? redis)
    {
        using var bench = await Bench.StartAsync(plan, redis, provider: false);
        var before = redis is null ? default : await redis.CountAsync();
        var run = await bench.MeasureAsync(g => g.ClosedAsync(plan.Duration));
        Write($"accept             {run.Latencies.Rate:F0} turns/s, {run.Latencies}");
        Write($"  server           {run.CpuMs:F3} ms CPU a turn{(run.Allocated is { } bytes ? $", {bytes / 1024:F1} KB allocated" : "")}");
        if (redis is null)
        {
            return (run.Latencies.Rate, 0);
        }

        var after = await redis.CountAsync();
        var written = (after.FileBytes - before.FileBytes) / (double)run.Latencies.Count;
        Write($"  Redis            {(after.Commands - before.Commands) / (double)run.Latencies.Count:F2} commands a turn, {written:F0} bytes of its file a turn");
        return (run.Latencies.Rate, (int)written);
    }

    private static async Task<double> WholeAsync(LoadPlan plan, RedisUnderTest? redis)
    {
        double rate;
        using (var bench = await Bench.StartAsync(plan, redis, provider: true))
        {
            var texts = await bench.TakenAsync();
            var watch = Stopwatch.StartNew();
            var run = await bench.MeasureAsync(g => g.ClosedAsync(plan.Duration));
            await bench.DrainAsync();
            rate = run.Latencies.Count / watch.Elapsed.TotalSeconds;
            Write($"whole              {rate:F0} turns/s until the outbox was empty ({run.Latencies.Rate:F0} accepted/s), {(await bench.TakenAsync() - texts) / (double)run.Latencies.Count:F2} texts a turn, {run.Latencies.Failed} failed");
        }

        using (var bench = await Bench.StartAsync(plan, redis, provider: true))
        {
            var open = await bench.MeasureAsync(g => g.OpenAsync(0.7 * rate, plan.Duration));
            Write($"  at 70 % of it    {open.Latencies.Rate:F0} turns/s open loop, {open.Latencies} (wanted p99 < 50 ms)");
        }

        return rate;
    }

    /// <returns>Turns a second of the ceiling.</returns>
    private static async Task<double> BareAsync(LoadPlan plan, RedisUnderTest redis, int bytes, bool provider)
    {
        await redis.EmptyAsync();
        var (port, providerPort) = (Machine.FreePort(), provider ? Machine.FreePort() : 0);
        var sender = provider ? Machine.StartSelf("provider", Text(providerPort)) : null;
        var server = Machine.StartSelf("bare", Text(port), Text(redis.Port), Text(providerPort));
        try
        {
            using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
            await Machine.WaitAsync("the bare server", server, async () => (await http.GetAsync("/health/ready")).IsSuccessStatusCode);
            var generator = new Generator([$"http://127.0.0.1:{port}"], plan.Connections, plan.People);
            var empty = await redis.CountAsync();
            var greeted = await generator.GreetAsync();
            var before = await redis.CountAsync();
            // as many bytes as a turn of ours: what the commands themselves cost was seen with an empty value
            var beside = (before.FileBytes - empty.FileBytes) / (double)greeted.Count;
            await http.PostAsync($"/size/{Text(Math.Max(0, (int)(bytes - beside)))}", null);
            var run = await generator.ClosedAsync(plan.Duration);
            var after = await redis.CountAsync();
            Write($"{(provider ? "ceiling with POST " : "ceiling           ")} {run.Rate:F0} turns/s, {run}, {(after.FileBytes - before.FileBytes) / (double)run.Count:F0} bytes of the file a turn");
            return run.Rate;
        }
        finally
        {
            Machine.Stop(server);
            if (sender is not null)
            {
                Machine.Stop(sender);
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Write(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
