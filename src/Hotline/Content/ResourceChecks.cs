using System.Globalization;
using Hotline.Resources;
using Hotline.Sources;

namespace Hotline.Content;

/// <summary>Dates in the directory. They never stop a start: an expired entry is simply not shown.</summary>
internal static class ResourceChecks
{
    public static void Current(ResourceDirectory resources, DateTimeOffset now, DiagnosticBag bag)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        foreach (var resource in resources.All)
        {
            if (!resource.Verified)
            {
                bag.Warning(DiagnosticCodes.ResourceUnverified, resource.Span, $"'{resource.Id}' is not verified and is never shown",
                    "call it, then fill in verified_on and verified_by");
            }
            else if (resource.Ends <= today)
            {
                bag.Warning(DiagnosticCodes.ResourceExpired, resource.Span,
                    string.Create(CultureInfo.InvariantCulture, $"'{resource.Id}' expired on {resource.Ends:yyyy-MM-dd} and is not shown"),
                    "call it again and renew verified_on");
            }
        }
    }
}
