namespace Hotline.Server.Channels.DirectLine;

/// <summary>Which sites may do what, and by which address we are reached.</summary>
internal sealed class SiteRules(DirectLineOptions options)
{
    /// <summary>Our own address as the client sees it, without a slash at the end.</summary>
    public string BaseOf(HttpRequest request) =>
        options.PublicUrl.Length > 0 ? options.PublicUrl.TrimEnd('/') : $"{request.Scheme}://{request.Host}";

    /// <summary>The same for web sockets.</summary>
    public string SocketBaseOf(HttpRequest request) => "ws" + BaseOf(request)["http".Length..];

    /// <summary>No site at all (not a browser), our own page, or a configured site.</summary>
    public bool MayOpen(HttpRequest request) => OriginOf(request) is not { } origin || IsOwn(request, origin) || IsAllowed(origin);

    /// <summary>No site, or our own page.</summary>
    public bool IsOwn(HttpRequest request) => OriginOf(request) is not { } origin || IsOwn(request, origin);

    /// <summary>Whether a site is trusted with credentials.</summary>
    public bool IsTrusted(HttpRequest request, string origin) => IsOwn(request, origin) || IsAllowed(origin);

    /// <summary>A token that names its sites is good only there.</summary>
    public bool Fits(DirectLineToken token, HttpRequest request) =>
        token.Origins.Count == 0 || OriginOf(request) is not { } origin || IsOwn(request, origin)
        || token.Origins.Any(trusted => Same(trusted, origin));

    public static string? OriginOf(HttpRequest request) => request.Headers.Origin is [{ Length: > 0 } origin] ? origin : null;

    private bool IsAllowed(string origin) => options.AllowedOrigins.Any(allowed => Same(allowed, origin));

    private bool IsOwn(HttpRequest request, string origin) => Same(BaseOf(request), origin) || Same($"{request.Scheme}://{request.Host}", origin);

    private static bool Same(string a, string b) => a.TrimEnd('/').Equals(b, StringComparison.OrdinalIgnoreCase);
}
