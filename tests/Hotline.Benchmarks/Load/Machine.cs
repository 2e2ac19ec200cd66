using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Hotline.Benchmarks.Load;

/// <summary>The machine that is measured on: free ports, the repository, and what one fsync costs here.</summary>
internal static class Machine
{
    public static string Root { get; } = FindRoot();

    public static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    /// <summary>Median time of one 4 KB append made durable, in milliseconds. Without it no figure with a disk means anything.</summary>
    public static double MeasureFsync(string folder)
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
        return times[times.Count / 2];
    }

    /// <summary>This program once more, as another process: the bare ceiling, or the provider.</summary>
    public static Process StartSelf(params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Machine).Assembly.Location, .. words]) { RedirectStandardOutput = true };
        return Process.Start(start) ?? throw new InvalidOperationException("this program did not start once more");
    }

    public static async Task WaitAsync(string what, Process process, Func<Task<bool>> ready)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(60) && !process.HasExited;)
        {
            try
            {
                if (await ready())
                {
                    return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or SocketException or IOException)
            {
                // not yet
            }

            await Task.Delay(50);
        }

        throw new InvalidOperationException(process.HasExited ? $"{what} ended with {process.ExitCode.ToString(CultureInfo.InvariantCulture)}" : $"{what} was not ready in time");
    }

    public static void Stop(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        process.Dispose();
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
