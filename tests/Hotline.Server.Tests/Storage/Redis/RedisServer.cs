using System.Diagnostics;
using System.Globalization;
using Hotline.Server.Tests.EndToEnd;

namespace Hotline.Server.Tests.Storage.Redis;

/// <summary>A real redis-server on a loopback port of its own. It is stopped, frozen and continued by its process id.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hotline-redis-");
    private readonly List<string> _options;
    private readonly List<string> _client = [];
    private Process? _process;

    private RedisServer(IEnumerable<string> options)
    {
        _options = [.. options];
        Port = ServerProcess.FreePort();
    }

    public int Port { get; }

    public string Connection => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public string Folder => _folder.FullName;

    /// <param name="client">What redis-cli needs to reach it: password, TLS.</param>
    /// <param name="options">Options of redis-server; <c>{folder}</c> and <c>{port}</c> are replaced.</param>
    public static async Task<RedisServer> StartAsync(IEnumerable<string>? client = null, params string[] options)
    {
        var server = new RedisServer(options);
        server._client.AddRange(client ?? []);
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        var isTls = _options.Contains("--tls-port");
        List<string> arguments = isTls ? ["--port", "0"] : ["--port", Port.ToString(CultureInfo.InvariantCulture)];
        arguments.AddRange(["--bind", "127.0.0.1", "--dir", Folder, "--save", "", "--appendonly", "yes", "--appendfsync", "always", "--logfile", "redis.log"]);
        arguments.AddRange(_options.Select(o => o.Replace("{folder}", Folder, StringComparison.Ordinal).Replace("{port}", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)));
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException("redis-server did not start");
        await Eventually.BecomesTrueAsync(
            "redis-server answers", async () => (await AskAsync("PING")).Contains("PONG", StringComparison.Ordinal), TimeSpan.FromSeconds(20));
    }

    /// <summary>redis-cli, which is somebody else's client.</summary>
    public async Task<string> AskAsync(params string[] command)
    {
        using var cli = Process.Start(new ProcessStartInfo(
            "redis-cli", ["-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture), "--no-auth-warning", .. _client, .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("redis-cli did not start");
        var error = cli.StandardError.ReadToEndAsync();
        var answer = await cli.StandardOutput.ReadToEndAsync();
        await cli.WaitForExitAsync();
        return (answer + await error).Trim();
    }

    public Task FreezeAsync() => SignalAsync("-STOP");

    public Task ContinueAsync() => SignalAsync("-CONT");

    /// <summary>SIGKILL, as a power cut of the machine it runs on would end it.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        _process?.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Delete(recursive: true);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
