using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Hotline.Server.Hosting;
using Microsoft.AspNetCore.Builder;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Xunit;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>Metrics and spans over OTLP to a collector of ours.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task MetricsAndSpans_Arrive_AndCarryNoWordsNumbersOrNames()
    {
        await using var collector = await OtlpReceiver.StartAsync();
        await using var line = await SmsLine.StartAsync(Settings(collector.Url));
        await line.WriteAsync("+66800000801", "help they locked the door and beat me");
        await line.WriteAsync("+66800000802", "xylophone question");
        await line.WaitForTextsAsync("+66800000802", 1);
        foreach (var name in (string[])["hotline.turns", "hotline.turn.duration", "hotline.outbox.lag", "hotline.sends.sent", "hotline.tickets.R"])
        {
            await Eventually.BecomesTrueAsync(name, () => Task.FromResult(collector.Read("/v1/metrics").Contains(name, StringComparison.Ordinal)));
        }

        foreach (var name in (string[])["turn", "send", "desk", "hotline.channel", "hotline.outcome"])
        {
            await Eventually.BecomesTrueAsync(name, () => Task.FromResult(collector.Read("/v1/traces").Contains(name, StringComparison.Ordinal)));
        }

        await line.Server.StopAsync(); // sends what is left
        var all = collector.ReadAll();
        foreach (var secret in (string[])["66800000801", "66800000802", "locked", "xylophone", SmsLine.Number[1..], "line.example.org", ..line.TextsTo("+66800000802")])
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ACollectorThatHangs_HoldsUpNeitherTheLineNorItsEnd()
    {
        using var hanging = new TcpListener(IPAddress.Loopback, 0);
        hanging.Start(); // takes connections and never answers
        await using var line = await SmsLine.StartAsync(Settings($"http://{hanging.LocalEndpoint}"));
        await line.WriteAsync("+66800000803", "hello");
        await line.WaitForTextsAsync("+66800000803", 1);
        var stopped = Stopwatch.StartNew();
        await line.Server.StopAsync();
        Assert.Equal(0, line.Server.ExitCode);
        Assert.True(stopped.Elapsed < TimeSpan.FromSeconds(20), $"it took {stopped.Elapsed}");
    }

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("http://127.0.0.1:4318", null, true)]
    [InlineData(null, "http://127.0.0.1:4318", true)]
    [InlineData("nowhere", null, false)]
    public void Exporters_AreThereOnlyWhenAnAddressIsSet(string? setting, string? standard, bool there)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Telemetry:OtlpEndpoint"] = setting;
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = standard;
        builder.AddHosting();
        Assert.Equal(there, builder.Services.Any(s => s.ServiceType == typeof(MeterProvider)));
        Assert.Equal(there, builder.Services.Any(s => s.ServiceType == typeof(TracerProvider)));
    }

    private static Dictionary<string, string> Settings(string endpoint) => new()
    {
        ["Telemetry__OtlpEndpoint"] = endpoint,
        ["Telemetry__TraceRatio"] = "1",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
    };
}
