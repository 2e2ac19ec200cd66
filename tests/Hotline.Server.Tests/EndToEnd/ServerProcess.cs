using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>
/// The built server as a process of its own, on free loopback ports and a data folder of its own. It can be killed as
/// a power cut would (SIGKILL) and started again on the same folder.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    // Two runs at once begin at different places.
    private static int _lastPort = Environment.ProcessId * 50 % 12_000;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> _settings;
    private readonly StringBuilder _output = new();
    private readonly bool _ownsData;
    private Process? _process;

    public ServerProcess(IReadOnlyDictionary<string, string>? settings = null, string? data = null)
    {
        _ownsData = data is null;
        Data = data ?? Directory.CreateTempSubdirectory("hotline-test-").FullName;
        PublicUrl = $"http://127.0.0.1:{FreePort()}";
        StaffUrl = $"http://127.0.0.1:{FreePort()}";
        _settings = new(StringComparer.Ordinal)
        {
            ["Listen__Public"] = PublicUrl,
            ["Listen__Staff"] = StaffUrl,
            ["Data__Path"] = Data,
            ["Content__Path"] = RepositoryRoot,
            ["Desk__FeedTokens__0"] = StaffClient.FeedToken,
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            _settings[key] = value;
        }
    }

    public string Data { get; }

    public string PublicUrl { get; }

    public string StaffUrl { get; }

    /// <summary>All that the server wrote to its outputs, over all its lives.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public bool IsRunning => _process is { HasExited: false };

    public int ExitCode => _process?.ExitCode ?? throw new InvalidOperationException("not started");

    public static string RepositoryRoot { get; } = FindRoot();

    public static string Executable { get; } = Path.Combine(
        RepositoryRoot, "artifacts", "bin", "Hotline.Server", new DirectoryInfo(AppContext.BaseDirectory).Name, "Hotline.Server.dll");

    public void Set(string key, string value) => _settings[key] = value;

    /// <summary>Starts the process and waits until it says that it is ready.</summary>
    public async Task StartAsync()
    {
        Launch();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < StartLimit)
        {
            if (!IsRunning)
            {
                throw new InvalidOperationException($"the server ended with {ExitCode}:\n{Output}");
            }

            try
            {
                using var answer = await http.GetAsync($"{PublicUrl}/health/ready");
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                await Task.Delay(25);
            }
        }

        throw new TimeoutException($"the server was not ready in time:\n{Output}");
    }

    /// <summary>Starts the process and waits until it ends by itself.</summary>
    public async Task<int> RunToEndAsync()
    {
        Launch();
        using var limit = new CancellationTokenSource(StartLimit);
        await _process!.WaitForExitAsync(limit.Token);
        _process.WaitForExit();
        return ExitCode;
    }

    /// <summary>Runs a command of the program on the same settings and data, beside the server if it runs. What it wrote, and its exit code.</summary>
    public async Task<(int Code, string Output)> CommandAsync(params string[] words)
    {
        using var process = new Process { StartInfo = Information(words) };
        process.Start();
        var written = process.StandardOutput.ReadToEndAsync();
        var faults = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(StartLimit);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await written + await faults);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    public async Task StopAsync()
    {
        if (_process is { HasExited: false } process)
        {
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(25));
            await process.WaitForExitAsync(limit.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        if (_ownsData)
        {
            Directory.Delete(Data, recursive: true);
        }
    }

    /// <summary>
    /// A loopback port that nobody listens on and that was never given out before. Below the range from which the system
    /// takes ports for outgoing connections, or one of those could take it before our server does.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = 20_000 + (Interlocked.Increment(ref _lastPort) % 12_000);
            try
            {
                using var socket = new TcpListener(IPAddress.Loopback, port);
                socket.Start();
                return port;
            }
            catch (SocketException)
            {
                // taken by somebody else
            }
        }
    }

    private void Launch()
    {
        _process?.Dispose();
        _process = new Process { StartInfo = Information([]) };
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();

        void Keep(object sender, DataReceivedEventArgs line)
        {
            lock (_output)
            {
                _output.AppendLine(line.Data);
            }
        }
    }

    private ProcessStartInfo Information(IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("dotnet", [Executable, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Data,
        };
        foreach (var (key, value) in _settings)
        {
            start.Environment[key] = value;
        }

        return start;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hotline.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests run inside the repository");
    }
}
