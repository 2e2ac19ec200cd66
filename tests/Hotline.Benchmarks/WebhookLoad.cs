using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Hotline.Benchmarks;

/// <summary>
/// Drives signed Twilio webhooks through the built server: SQLite, outbox paused, closed loop. Prints turns a second,
/// latencies, and the time of one bare fsync on this machine, without which the first figure means nothing.
/// </summary>
internal static class WebhookLoad
{
    private const string Sid = "AC00000000000000000000000000000001";
    private const string Token = "benchmark-token-benchmark-token-1";
    private const string To = "+12025550100";
    private static readonly string[] Talk = ["hello", "1", "1", "2", "1", "2", "menu", "1"];

    public static async Task<int> RunAsync(int connections, TimeSpan duration)
    {
        var root = FindRoot();
        var data = Directory.CreateTempSubdirectory("hotline-load-").FullName;
        var (publicPort, staffPort) = (FreePort(), FreePort());
        var url = $"http://127.0.0.1:{publicPort}";
        using var server = Launch(root, data, url, staffPort);
        try
        {
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = new(url) };
            await WaitUntilReadyAsync(http, server);
            await DriveAsync(http, url, connections, TimeSpan.FromSeconds(3)); // warm
            var cpu = server.TotalProcessorTime;
            var (turns, latencies, failed, elapsed) = await DriveAsync(http, url, connections, duration);
            server.Refresh();
            latencies.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                connections        {connections}
                turns              {turns} in {elapsed.TotalSeconds:F1} s, {failed} failed
                turns per second   {turns / elapsed.TotalSeconds:F0}
                p50 / p95 / p99    {At(latencies, 0.50):F1} / {At(latencies, 0.95):F1} / {At(latencies, 0.99):F1} ms
                server CPU         {(server.TotalProcessorTime - cpu).TotalMilliseconds / Math.Max(1, turns):F3} ms a turn
                bare fsync         {MeasureFsync(data):F3} ms (4 KB append, median of 200)
                """));
            return failed == 0 ? 0 : 1;
        }
        finally
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<(int Turns, List<double> Latencies, int Failed, TimeSpan Elapsed)> DriveAsync(
        HttpClient http, string url, int connections, TimeSpan duration)
    {
        var path = "/channels/twilio/sms/receive";
        var all = new List<double>();
        var failed = 0;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(worker => Task.Run(async () =>
        {
            var mine = new List<double>();
            for (var i = 0; watch.Elapsed < duration; i++)
            {
                // 50 people a connection, each walking through the same talk
                var person = (worker * 50) + (i % 50);
                var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
                {
                    ["AccountSid"] = Sid,
                    ["Body"] = Talk[i / 50 % Talk.Length],
                    ["From"] = $"+6680{person:D7}",
                    ["MessageSid"] = $"SM{Guid.NewGuid():N}",
                    ["NumMedia"] = "0",
                    ["To"] = To,
                };
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
                request.Headers.Add("X-Twilio-Signature", Sign(url + path, fields));
                var start = watch.Elapsed;
                using var answer = await http.SendAsync(request);
                mine.Add((watch.Elapsed - start).TotalMilliseconds);
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    Interlocked.Increment(ref failed);
                }
            }

            lock (all)
            {
                all.AddRange(mine);
            }
        })));
        return (all.Count, all, failed, watch.Elapsed);
    }

#pragma warning disable CA5350 // SHA-1 is the provider's choice for this header
    private static string Sign(string url, SortedDictionary<string, string> fields) => Convert.ToBase64String(
        HMACSHA1.HashData(Encoding.UTF8.GetBytes(Token), Encoding.UTF8.GetBytes(url + string.Concat(fields.Select(f => f.Key + f.Value)))));
#pragma warning restore CA5350

    private static Process Launch(string root, string data, string url, int staffPort)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(root, "artifacts", "bin", "Hotline.Server", configuration, "Hotline.Server.dll")])
        {
            WorkingDirectory = data,
            RedirectStandardOutput = true,
        };
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["Listen__Public"] = url,
            ["Listen__Staff"] = $"http://127.0.0.1:{staffPort}",
            ["Data__Path"] = data,
            ["Content__Path"] = root,
            ["Conversations__OutboxPaused"] = "true",
            ["Twilio__Channels__0__Name"] = "sms",
            ["Twilio__Channels__0__AccountSid"] = Sid,
            ["Twilio__Channels__0__AuthToken"] = Token,
            ["Twilio__Channels__0__From"] = To,
            ["Twilio__Channels__0__PublicUrl"] = url,
            ["Twilio__Channels__0__ApiUrl"] = "http://127.0.0.1:9",
        })
        {
            start.Environment[key] = value;
        }

        var server = Process.Start(start) ?? throw new InvalidOperationException("the server did not start");
        server.BeginOutputReadLine();
        return server;
    }

    private static async Task WaitUntilReadyAsync(HttpClient http, Process server)
    {
        for (var tries = 0; tries < 400 && !server.HasExited; tries++)
        {
            try
            {
                if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException("the server was not ready in time");
    }

    private static double MeasureFsync(string folder)
    {
        using var file = new FileStream(Path.Combine(folder, "fsync-probe"), FileMode.Create);
        var times = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            var start = Stopwatch.GetTimestamp();
            file.Write(new byte[4096]);
            file.Flush(flushToDisk: true);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        times.Sort();
        return At(times, 0.5);
    }

    private static double At(List<double> sorted, double part) => sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * part))];

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hotline.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("run it inside the repository");
    }
}
