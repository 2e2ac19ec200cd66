using Microsoft.Extensions.Options;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Hotline.Server.Hosting;

internal static class TelemetrySetup
{
    private const string StandardEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const int ExportLimitMs = 3000; // a collector that hangs must not hold up the stop

    /// <summary>
    /// Our own meter and spans, and the runtime's meter; no instrumentation that sees addresses, forms or queries.
    /// The address decides already here, because an exporter that is there sends.
    /// </summary>
    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSection<TelemetryOptions>(TelemetryOptions.Section).AddSingleton<IValidateOptions<TelemetryOptions>, TelemetryOptionsCheck>();
        TelemetryOptions options;
        try
        {
            options = builder.Configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() ?? new();
        }
        catch (InvalidOperationException)
        {
            return builder; // a value of the wrong kind: FindFaults names it
        }

        var isSet = !string.IsNullOrEmpty(options.OtlpEndpoint);
        if ((!isSet && string.IsNullOrEmpty(builder.Configuration[StandardEndpoint])) || new TelemetryOptionsCheck().Validate(null, options).Failed)
        {
            return builder;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("hotline", serviceVersion: ServerVersion.Text))
            .WithMetrics(metrics => metrics.AddMeter(Metrics.MeterName).AddMeter("System.Runtime").AddOtlpExporter(otlp => Address(otlp, "v1/metrics")))
            .WithTracing(traces => traces
                .AddSource(Tracing.SourceName)
                .SetSampler(new TraceIdRatioBasedSampler(options.TraceRatio)) // not by the parent: the framework's own spans are not recorded
                .AddOtlpExporter(otlp => Address(otlp, "v1/traces")));
        return builder;

        void Address(OtlpExporterOptions otlp, string path)
        {
            otlp.TimeoutMilliseconds = ExportLimitMs;
            if (isSet)
            {
                otlp.Protocol = options.OtlpProtocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
                otlp.Endpoint = options.OtlpProtocol == "grpc" ? new(options.OtlpEndpoint) : new($"{options.OtlpEndpoint.TrimEnd('/')}/{path}");
            }
        }
    }
}
