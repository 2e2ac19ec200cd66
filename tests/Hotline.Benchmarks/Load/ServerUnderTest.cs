using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Hotline.Benchmarks.Load;

/// <summary>The built server as a process of its own, on a data folder of its own or shared with other copies.</summary>
internal sealed class ServerUnderTest : IDisposable
{
    private const string FeedToken = "benchmark-feed-token-benchmark";
    private readonly Process _process;
    private readonly HttpClient _staff;

    private ServerUnderTest(Process process, string url, string staff)
    {
        (_process, Url) = (process, url);
        _staff = new() { BaseAddress = new(staff) };
        _staff.DefaultRequestHeaders.Authorization = new("Bearer", FeedToken);
    }

    public string Url { get; }

    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<ServerUnderTest> StartAsync(LoadPlan plan, string data, RedisUnderTest? redis, int providerPort)
    {
        var url = $"http://127.0.0.1:{Machine.FreePort()}";
        var staff = $"http://127.0.0.1:{Machine.FreePort()}";
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Machine.Root, "artifacts", "bin", "Hotline.Server", configuration, "Hotline.Server.dll")])
        {
            WorkingDirectory = data,
            RedirectStandardOutput = true,
        };
        var settings = new Dictionary<string, string>
        {
            ["Listen__Public"] = url,
            ["Listen__Staff"] = staff,
            ["Data__Path"] = data,
            ["Content__Path"] = Machine.Root,
            ["Conversations__Store"] = plan.Store,
            ["Conversations__OutboxPaused"] = providerPort == 0 ? "true" : "false",
            ["Desk__FeedTokens__0"] = FeedToken,
            ["DirectLine__SigningKey"] = "benchmark-signing-key-benchmark-signing-key-1",
            ["Twilio__Channels__0__Name"] = "sms",
            ["Twilio__Channels__0__AccountSid"] = Webhook.Sid,
            ["Twilio__Channels__0__AuthToken"] = Webhook.Token,
            ["Twilio__Channels__0__From"] = Webhook.To,
            ["Twilio__Channels__0__PublicUrl"] = url,
            ["Twilio__Channels__0__ApiUrl"] = $"http://127.0.0.1:{(providerPort == 0 ? 9 : providerPort)}",
            ["Twilio__Channels__0__MessagesPerSecond"] = "100000",
            ["Logging__LogLevel__Default"] = "Warning",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
        };
        if (redis is not null)
        {
            settings["Conversations__Redis"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{redis.Port}");
        }

        foreach (var (key, value) in settings)
        {
            start.Environment[key] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException("the server did not start");
        process.BeginOutputReadLine();
        var server = new ServerUnderTest(process, url, staff);
        using var http = new HttpClient { BaseAddress = new(url) };
        await Machine.WaitAsync("the server", process, async () => (await http.GetAsync("/health/ready")).IsSuccessStatusCode);
        return server;
    }

    /// <summary>Entries waiting to go out, and bytes allocated since the start where the server tells them.</summary>
    public async Task<(long Waiting, long? Allocated)> CountAsync()
    {
        using var report = JsonDocument.Parse(await _staff.GetStringAsync("/metrics.json"));
        var outbox = report.RootElement.GetProperty("outbox");
        return (
            outbox.EnumerateObject().Sum(p => p.Value.GetInt64()),
            report.RootElement.TryGetProperty("allocated_bytes", out var bytes) ? bytes.GetInt64() : null);
    }

    public void Dispose()
    {
        _staff.Dispose();
        Machine.Stop(_process);
    }
}
