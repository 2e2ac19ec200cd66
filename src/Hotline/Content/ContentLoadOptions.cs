namespace Hotline.Content;

public sealed record ContentLoadOptions
{
    /// <summary>A line that is still being set up: service, operator, hours and secrecy note may be empty.</summary>
    public bool Development { get; init; }

    /// <summary>Expiry dates are compared with this; <c>null</c> = not at all. They only ever warn.</summary>
    public DateTimeOffset? Now { get; init; }
}
