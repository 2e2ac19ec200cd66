namespace Hotline.Server.Channels.DirectLine;

/// <summary>The two paces of this room.</summary>
internal sealed class ChatPaces(TimeProvider time)
{
    /// <summary>Messages of one conversation.</summary>
    public Pace Posts { get; } = new(time, TimeSpan.FromMilliseconds(500), burst: 20);

    /// <summary>New chats from one network address; many people may share one.</summary>
    public Pace Openings { get; } = new(time, TimeSpan.FromMilliseconds(500), burst: 60);

    public Task OpenAsync(HttpRequest request) => Openings.WaitAsync(
        request.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "", request.HttpContext.RequestAborted);
}
