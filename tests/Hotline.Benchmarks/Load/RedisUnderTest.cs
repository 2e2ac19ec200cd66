using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace Hotline.Benchmarks.Load;

/// <summary>A redis-server of its own with an append-only file, and what it counts.</summary>
internal sealed class RedisUnderTest : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly ConnectionMultiplexer _connection;

    private RedisUnderTest(Process process, string folder, int port, ConnectionMultiplexer connection) =>
        (_process, _folder, Port, _connection) = (process, folder, port, connection);

    public int Port { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    private IServer Server => _connection.GetServer("127.0.0.1", Port);

    public static async Task<RedisUnderTest> StartAsync(string fsync)
    {
        var folder = Directory.CreateTempSubdirectory("hotline-load-redis-").FullName;
        var port = Machine.FreePort();
        var start = new ProcessStartInfo(
            "redis-server",
            ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--appendonly", "yes", "--appendfsync", fsync, "--auto-aof-rewrite-percentage", "0"])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException("redis-server did not start");
        process.BeginOutputReadLine();
        ConnectionMultiplexer? connection = null;
        await Machine.WaitAsync("redis-server", process, async () =>
        {
            try
            {
                connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},allowAdmin=true,abortConnect=true");
                return true;
            }
            catch (RedisConnectionException)
            {
                return false;
            }
        });
        return new(process, folder, port, connection!);
    }

    /// <summary>Commands so far that came over the wire, by name; what a script calls inside is left out.</summary>
    public async Task<(long Commands, long FileBytes, long Memory)> CountAsync()
    {
        var calls = 0L;
        foreach (var (name, value) in await ReadAsync("commandstats"))
        {
            if (name is "cmdstat_mget" or "cmdstat_evalsha" or "cmdstat_eval")
            {
                calls += Number(value, "calls=");
            }
        }

        var persistence = (await ReadAsync("persistence")).ToDictionary();
        var memory = (await ReadAsync("memory")).ToDictionary();
        return (calls, long.Parse(persistence["aof_current_size"], CultureInfo.InvariantCulture), long.Parse(memory["used_memory"], CultureInfo.InvariantCulture));
    }

    public Task EmptyAsync() => Server.FlushAllDatabasesAsync();

    public void Dispose()
    {
        _connection.Dispose();
        Machine.Stop(_process);
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<IEnumerable<KeyValuePair<string, string>>> ReadAsync(string section) => (await Server.InfoAsync(section)).SelectMany(g => g);

    private static long Number(string value, string name)
    {
        var from = value.IndexOf(name, StringComparison.Ordinal) + name.Length;
        var to = value.IndexOf(',', from);
        return long.Parse(value.AsSpan(from, to - from), CultureInfo.InvariantCulture);
    }
}
