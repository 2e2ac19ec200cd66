using Microsoft.Extensions.Options;

namespace Hotline.Server.Hosting;

/// <summary>Section <c>Listen</c>: the two addresses. Public pages and staff pages never share one.</summary>
internal sealed class ListenOptions
{
    public const string Section = "Listen";

    /// <summary>Webhooks, Direct Line and the web chat.</summary>
    public string Public { get; set; } = "http://localhost:5080";

    /// <summary>Console, feed and metrics.</summary>
    public string Staff { get; set; } = "http://localhost:5081";

    /// <summary>Addresses of proxies whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed.</summary>
    public IList<string> TrustedProxies { get; set; } = [];

    /// <summary>How long after SIGTERM the doors stay open to say "not ready", so that a load balancer sees it before they close.</summary>
    public int DrainSeconds { get; set; } = 1;
}

internal sealed class ListenOptionsCheck : IValidateOptions<ListenOptions>
{
    public ValidateOptionsResult Validate(string? name, ListenOptions options)
    {
        var faults = new List<string>();
        Check("Listen:Public", options.Public);
        Check("Listen:Staff", options.Staff);
        if (faults.Count == 0 && new Uri(options.Public).Port == new Uri(options.Staff).Port)
        {
            faults.Add("Listen:Staff must have another port than Listen:Public");
        }

        for (var i = 0; i < options.TrustedProxies.Count; i++)
        {
            if (!System.Net.IPAddress.TryParse(options.TrustedProxies[i], out _))
            {
                faults.Add($"Listen:TrustedProxies:{i} must be an IP address");
            }
        }

        if (options.DrainSeconds is < 0 or > 10)
        {
            faults.Add("Listen:DrainSeconds must be from 0 to 10");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check(string key, string value)
        {
            if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.AbsolutePath != "/")
            {
                faults.Add($"{key} must be an address such as http://localhost:5080 or https://0.0.0.0:443");
            }
        }
    }
}
