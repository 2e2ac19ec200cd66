using System.Security.Cryptography;
using System.Text;

namespace Hotline.Server.Channels.Twilio;

/// <param name="BaseUrls">The configured public bases; never what the Host header says.</param>
/// <param name="Target">Path and query as they stood on the request line, not decoded.</param>
/// <param name="Form">The decoded parameters; empty when the body is no form.</param>
/// <param name="Body">The raw body, for <c>bodySHA256</c>.</param>
internal sealed record SignedRequest(
    IReadOnlyList<string> BaseUrls, string Target, IReadOnlyList<FormPair> Form, ReadOnlyMemory<byte> Body, string? Header);

/// <summary>
/// Checks <c>X-Twilio-Signature</c>: base64 of the HMAC-SHA1, keyed with an auth token, of the address that Twilio was
/// configured with, followed by every parameter sorted by name. The address is tried in the few forms that Twilio is
/// known to sign: with and without port and credentials, in lower case, and with <c>'</c> as <c>%27</c>.
/// </summary>
internal static class TwilioSignature
{
    private const string BodyHashKey = "bodySHA256";

    public static bool IsValid(SignedRequest request, IReadOnlyList<string> tokens)
    {
        Span<byte> given = stackalloc byte[HMACSHA1.HashSizeInBytes];
        if (request.Header is null || request.Header.Length > 64
            || !Convert.TryFromBase64String(request.Header, given, out var length) || length != given.Length
            || Convert.ToBase64String(given) != request.Header)
            return false;

        var bodyHash = FindBodyHash(request.Target);
        if (bodyHash is not null && !HashFits(bodyHash, request.Body.Span))
            return false;

        var parameters = Encoding.UTF8.GetBytes(bodyHash is null ? Join(request.Form) : "");
        Span<byte> computed = stackalloc byte[HMACSHA1.HashSizeInBytes];
        foreach (var url in Addresses(request))
        {
            var data = new byte[Encoding.UTF8.GetByteCount(url) + parameters.Length];
            parameters.CopyTo(data, Encoding.UTF8.GetBytes(url, data));
            foreach (var token in tokens)
            {
#pragma warning disable CA5350 // SHA-1 is Twilio's choice; nothing stronger is offered for this header
                HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), data, computed);
#pragma warning restore CA5350
                if (CryptographicOperations.FixedTimeEquals(computed, given))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Sorted by name; of a name that comes more than once the different values, sorted, each after the name.</summary>
    private static string Join(IReadOnlyList<FormPair> form)
    {
        var sorted = form.ToArray();
        Array.Sort(sorted, static (a, b) =>
            string.CompareOrdinal(a.Name, b.Name) is not 0 and var byName ? byName : string.CompareOrdinal(a.Value, b.Value));

        var text = new StringBuilder();
        for (var i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
                text.Append(sorted[i].Name).Append(sorted[i].Value);
        }

        return text.ToString();
    }

    private static IEnumerable<string> Addresses(SignedRequest request)
    {
        var tried = new HashSet<string>(StringComparer.Ordinal);
        foreach (var target in Targets(request.Target))
        {
            foreach (var origin in request.BaseUrls.SelectMany(Origins))
            {
                if (tried.Add(origin + target))
                    yield return origin + target;
            }
        }
    }

    private static IEnumerable<string> Targets(string target)
    {
        var fragment = target.IndexOf('#', StringComparison.Ordinal);
        if (fragment >= 0)
            target = target[..fragment];
        yield return target;

        var query = target.IndexOf('?', StringComparison.Ordinal);
        if (query >= 0)
            yield return target[..query] + target[query..].Replace("'", "%27", StringComparison.Ordinal);
    }

    private static IEnumerable<string> Origins(string baseUrl)
    {
        var schemeEnd = baseUrl.IndexOf("://", StringComparison.Ordinal) + 3;
        var pathStart = baseUrl.IndexOf('/', schemeEnd);
        var scheme = baseUrl[..schemeEnd];
        var authority = pathStart < 0 ? baseUrl[schemeEnd..] : baseUrl[schemeEnd..pathStart];
        var path = pathStart < 0 ? "" : baseUrl[pathStart..].TrimEnd('/');

        var userEnd = authority.LastIndexOf('@') + 1;
        var user = authority[..userEnd];
        var host = authority[userEnd..];
        // a colon begins the port only after the closing bracket of an IPv6 address
        var colon = host.IndexOf(':', host.LastIndexOf(']') + 1);
        var port = colon < 0 ? "" : host[colon..];
        host = colon < 0 ? host : host[..colon];
        var otherPort = port.Length > 0 ? "" : scheme.StartsWith("https", StringComparison.OrdinalIgnoreCase) ? ":443" : ":80";

        foreach (var (s, h) in new[] { (scheme, host), (scheme.ToLowerInvariant(), host.ToLowerInvariant()) })
        {
            foreach (var u in new[] { user, "" })
            {
                yield return s + u + h + port + path;
                yield return s + u + h + otherPort + path;
            }
        }
    }

    private static string? FindBodyHash(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
            return null;

        foreach (var pair in target[(query + 1)..].Split('&'))
        {
            if (pair.StartsWith(BodyHashKey + "=", StringComparison.Ordinal))
                return pair[(BodyHashKey.Length + 1)..];
        }

        return null;
    }

    private static bool HashFits(string hash, ReadOnlySpan<byte> body)
    {
        var computed = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body)));
        return CryptographicOperations.FixedTimeEquals(computed, Encoding.ASCII.GetBytes(hash.ToLowerInvariant()));
    }
}
