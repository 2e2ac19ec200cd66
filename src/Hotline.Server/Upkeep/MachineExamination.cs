using System.Diagnostics;
using System.Globalization;
using Hotline.Server.Hosting;

namespace Hotline.Server.Upkeep;

/// <summary>The ground that the server stands on: text, disk, doors.</summary>
internal sealed class MachineExamination(DataOptions data, ListenOptions listen, IHostEnvironment environment)
{
    private const int Writes = 20;
    private const double SlowMs = 10;
    private const long LittleSpace = 2L << 30;
    private const long NoSpace = 256L << 20;

    public IReadOnlyList<Finding> Run() =>
        [.. OfText(), .. OfDisk(), .. OfDoors(), Finding.Ok("server", $"version {ServerVersion.Text}, .NET {Environment.Version}")];

    private static IEnumerable<Finding> OfText()
    {
        yield return TextSelfTest.FindFault() is { } fault
            ? Finding.Fail("text", fault, "apt-get install libicu-dev")
            : Finding.Ok("text", "ICU normalises");
    }

    private IEnumerable<Finding> OfDisk()
    {
        var (median, worst) = Fsync();
        var text = string.Create(CultureInfo.InvariantCulture, $"fsync takes {median:0.0} ms (worst {worst:0.0} ms)");
        yield return median <= SlowMs
            ? Finding.Ok("disk", text)
            : Finding.Warn("disk", $"{text}: every message waits for one", "put Data:Path on an SSD with a write cache that survives a power cut");
        var free = new DriveInfo(Path.GetFullPath(data.Path)).AvailableFreeSpace;
        var space = string.Create(CultureInfo.InvariantCulture, $"{free >> 20:N0} MB free under Data:Path");
        yield return free switch
        {
            < NoSpace => Finding.Fail("space", space, "make room now: on a full disk no message is accepted"),
            < LittleSpace => Finding.Warn("space", space, "make room, or move Data:Path to a larger volume"),
            _ => Finding.Ok("space", space),
        };
    }

    private (double Median, double Worst) Fsync()
    {
        var file = data.Under($"probe-{Environment.ProcessId}-fsync");
        var page = new byte[4096];
        var times = new List<double>();
        try
        {
            using var stream = new FileStream(file, FileMode.Create, FileAccess.Write);
            for (var i = 0; i < Writes; i++)
            {
                var began = Stopwatch.GetTimestamp();
                stream.Write(page);
                stream.Flush(flushToDisk: true);
                times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }
        finally
        {
            File.Delete(file);
        }

        times.Sort();
        return (times[Writes / 2], times[^1]);
    }

    private IEnumerable<Finding> OfDoors()
    {
        if (environment.IsDevelopment())
        {
            yield return Finding.Warn("mode", "this is Development: unready languages are open, and test accounts may exist", "unset ASPNETCORE_ENVIRONMENT and DOTNET_ENVIRONMENT");
        }

        foreach (var (key, value) in new[] { ("Listen:Public", listen.Public), ("Listen:Staff", listen.Staff) })
        {
            var address = new Uri(value);
            yield return address.Scheme == Uri.UriSchemeHttps || address.IsLoopback || listen.TrustedProxies.Count > 0
                ? Finding.Ok("doors", $"{key} is {(address.Scheme == Uri.UriSchemeHttps ? "https" : address.IsLoopback ? "on this machine only" : "behind a proxy")}")
                : Finding.Warn("doors", $"{key} is open to the network without TLS", "put a TLS proxy in front and name it in Listen:TrustedProxies");
        }
    }
}
