using Microsoft.Extensions.Options;

namespace Hotline.Server.Hosting;

/// <summary>Section <c>Telemetry</c>: metrics and traces to a collector. Nothing leaves unless an address is set here or by <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    /// <summary>Base address of an OTLP receiver, such as <c>http://collector.internal:4318</c>. Empty = off.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary><c>http</c> (protobuf, port 4318) or <c>grpc</c> (port 4317).</summary>
    public string OtlpProtocol { get; set; } = "http";

    /// <summary>Share of turns and sends that are traced, 0 to 1.</summary>
    public double TraceRatio { get; set; } = 0.1;
}

internal sealed class TelemetryOptionsCheck : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        var faults = new List<string>();
        if (!string.IsNullOrEmpty(options.OtlpEndpoint) && (!Uri.TryCreate(options.OtlpEndpoint, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
        {
            faults.Add("Telemetry:OtlpEndpoint must be an address such as http://collector.internal:4318");
        }

        if (options.OtlpProtocol is not ("http" or "grpc"))
        {
            faults.Add("Telemetry:OtlpProtocol must be http or grpc");
        }

        if (options.TraceRatio is not (>= 0 and <= 1))
        {
            faults.Add("Telemetry:TraceRatio must be from 0 to 1");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
