namespace Hotline.Server.Storage.Redis;

/// <param name="Connection">As StackExchange.Redis writes it: hosts, <c>password=</c>, <c>ssl=true</c>.</param>
/// <param name="TimeToLive">How long a conversation is kept after its last turn.</param>
/// <param name="Limit">How long one call may take; slower counts as away.</param>
internal sealed record RedisStoreSettings(string Connection, TimeSpan TimeToLive, TimeSpan Limit)
{
    /// <summary>A PEM file with the authority that signed the server's certificate; empty = those the system trusts.</summary>
    public string AuthorityFile { get; init; } = "";

    /// <summary>Where this copy keeps its name; empty = a passing one.</summary>
    public string CopyFile { get; init; } = "";

    /// <summary>Only tests have other times.</summary>
    public LeaseSettings? Leases { get; init; }
}
