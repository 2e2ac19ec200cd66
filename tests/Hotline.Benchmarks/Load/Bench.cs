using System.Diagnostics;
using System.Globalization;

namespace Hotline.Benchmarks.Load;

/// <summary>Servers on fresh data, the people who have greeted them, and the provider if texts go out.</summary>
internal sealed class Bench : IDisposable
{
    private readonly IReadOnlyList<ServerUnderTest> _servers;
    private readonly Generator _generator;
    private readonly Process? _provider;
    private readonly HttpClient? _providerHttp;
    private readonly string _data;

    private Bench(IReadOnlyList<ServerUnderTest> servers, Generator generator, Process? provider, int providerPort, string data)
    {
        (_servers, _generator, _provider, _data) = (servers, generator, provider, data);
        _providerHttp = provider is null ? null : new() { BaseAddress = new($"http://127.0.0.1:{providerPort}") };
    }

    public static async Task<Bench> StartAsync(LoadPlan plan, RedisUnderTest? redis, bool provider)
    {
        if (redis is not null)
        {
            await redis.EmptyAsync();
        }

        var port = provider ? Machine.FreePort() : 0;
        var sender = provider ? Machine.StartSelf("provider", port.ToString(CultureInfo.InvariantCulture)) : null;
        var data = Directory.CreateTempSubdirectory("hotline-load-").FullName;
        var servers = new List<ServerUnderTest>();
        for (var i = 0; i < plan.Copies; i++)
        {
            servers.Add(await ServerUnderTest.StartAsync(plan, data, redis, port));
        }

        var generator = new Generator([.. servers.Select(s => s.Url)], plan.Connections, plan.People);
        var bench = new Bench(servers, generator, sender, port, data);
        await generator.GreetAsync();
        if (provider)
        {
            await bench.DrainAsync();
        }

        return bench;
    }

    public async Task<(Latencies Latencies, double CpuMs, double? Allocated)> MeasureAsync(Func<Generator, Task<Latencies>> run)
    {
        var cpu = Cpu();
        var allocated = await AllocatedAsync();
        var latencies = await run(_generator);
        return (latencies, (Cpu() - cpu).TotalMilliseconds / latencies.Count, (await AllocatedAsync() - allocated) / latencies.Count);
    }

    /// <summary>Until nothing waits to go out.</summary>
    public async Task DrainAsync()
    {
        while ((await Task.WhenAll(_servers.Select(s => s.CountAsync()))).Any(c => c.Waiting > 0))
        {
            await Task.Delay(50);
        }
    }

    public async Task<long> TakenAsync() =>
        _providerHttp is null ? 0 : long.Parse(await _providerHttp.GetStringAsync("/taken"), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        foreach (var server in _servers)
        {
            server.Dispose();
        }

        if (_provider is not null)
        {
            Machine.Stop(_provider);
        }

        _providerHttp?.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private TimeSpan Cpu() => _servers.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Cpu);

    private async Task<double?> AllocatedAsync()
    {
        var counts = await Task.WhenAll(_servers.Select(s => s.CountAsync()));
        return counts.Any(c => c.Allocated is null) ? null : counts.Sum(c => c.Allocated!.Value);
    }
}
