using System.Net;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hotline.Server.Hosting;

/// <summary>
/// Keeps the two doors apart. Each connection carries the tag of the socket that it came in by, so no header can
/// talk a request over to the other side; an endpoint without a tag is served by neither.
/// </summary>
internal sealed class ListenerGate : MatcherPolicy, IEndpointSelectorPolicy
{
    // Before every policy of the framework: "/" exists behind both doors and must not count as ambiguous.
    public override int Order => int.MinValue;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => true;

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var door = httpContext.Features.Get<ListenerTag>()?.Listener;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && !IsOpen(candidates[i].Endpoint, door))
            {
                candidates.SetValidity(i, false);
            }
        }

        return Task.CompletedTask;
    }

    public static void Listen(KestrelServerOptions kestrel, ListenOptions options)
    {
        kestrel.AddServerHeader = false;
        Bind(kestrel, new Uri(options.Public), ListenerTag.Public);
        Bind(kestrel, new Uri(options.Staff), ListenerTag.Staff);
    }

    private static bool IsOpen(Endpoint endpoint, Listener? door) =>
        door is not null && endpoint.Metadata.GetOrderedMetadata<ListenerTag>().Any(tag => tag.Listener == door);

    private static void Bind(KestrelServerOptions kestrel, Uri address, ListenerTag tag)
    {
        if (address.Host == "localhost")
        {
            kestrel.ListenLocalhost(address.Port, Configure);
        }
        else if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
        {
            kestrel.Listen(ip, address.Port, Configure);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, Configure);
        }

        void Configure(Microsoft.AspNetCore.Server.Kestrel.Core.ListenOptions listen)
        {
            if (address.Scheme == "https")
            {
                listen.UseHttps();
            }

            listen.Use(next => connection =>
            {
                connection.Features.Set(tag);
                return next(connection);
            });
        }
    }
}
