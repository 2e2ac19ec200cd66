namespace Hotline.Server.Hosting;

/// <summary>Which of the two doors a connection came through.</summary>
internal enum Listener
{
    Public,
    Staff,
}

/// <summary>On a connection: its door. On an endpoint: a door that leads to it.</summary>
internal sealed record ListenerTag(Listener Listener)
{
    public static ListenerTag Public { get; } = new(Listener.Public);

    public static ListenerTag Staff { get; } = new(Listener.Staff);
}

internal static class ListenerEndpoints
{
    /// <summary>Serves these endpoints behind this door. An endpoint without a door is never served.</summary>
    public static T Behind<T>(this T endpoints, ListenerTag tag)
        where T : IEndpointConventionBuilder
    {
        endpoints.WithMetadata(tag);
        return endpoints;
    }
}
