namespace Hotline.Server.Storage.Redis;

/// <summary>The times by which copies share the shards.</summary>
internal sealed record LeaseSettings(TimeProvider Time)
{
    /// <summary>This copy's name among the others.</summary>
    public string Copy { get; init; } = "";

    public ILogger Log { get; init; } = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    /// <summary>
    /// Longer than a request to a provider and the time to renew, so that every request can be covered; with the ticks
    /// short enough that a dead copy's shards are taken over within 15 s.
    /// </summary>
    public TimeSpan Length { get; init; } = TimeSpan.FromSeconds(12.5);

    /// <summary>A request to a provider takes no longer; a lease that ends sooner begins none.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A copy that said nothing for so long counts as dead when the shards are shared.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>How often this copy looks whether a lease of its own has run out.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromMilliseconds(250);
}
