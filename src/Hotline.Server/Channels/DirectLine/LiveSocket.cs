using System.Net.WebSockets;
using System.Threading.Channels;
using Hotline.Server.Turns;

namespace Hotline.Server.Channels.DirectLine;

internal enum SocketEnd
{
    /// <summary>The client left, or cannot be reached.</summary>
    Gone,

    /// <summary>A newer socket of the same conversation took over.</summary>
    Collision,

    /// <summary>The conversation was erased.</summary>
    Ended,

    /// <summary>This copy of the server stops.</summary>
    Shutdown,
}

/// <summary>
/// One open web socket: sends what the log holds after its watermark, then waits for more. It keeps no copy of what is
/// to be sent, so a slow client costs nothing, and one that stopped reading is cut and comes back by watermark.
/// </summary>
internal sealed class LiveSocket(WebSocket socket, string conversation, ChatLog log, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan KeepAliveAfter = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _more = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<byte[]> _fleeting = System.Threading.Channels.Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropOldest });

    private int _end = -1;

    public void Wake()
    {
        try
        {
            _more.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // awake already, or gone
        }
    }

    public void Show(byte[] frame)
    {
        _fleeting.Writer.TryWrite(frame);
        Wake();
    }

    public void Stop(SocketEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, (int)end, -1) != -1)
        {
            return;
        }

        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // gone
        }
    }

    /// <summary>Runs until the client leaves or <see cref="Stop"/> is called.</summary>
    public async Task RunAsync(long watermark)
    {
        var listening = ListenAsync();
        try
        {
            await SendAsync(watermark);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            Stop(SocketEnd.Gone);
        }

        await SayCloseAsync();
        try
        {
            await listening.WaitAsync(CloseLimit, time);
        }
        catch (TimeoutException)
        {
            // does not answer: cut the line
        }

        socket.Abort();
        await listening;
    }

    public void Dispose()
    {
        _more.Dispose();
        _stop.Dispose();
    }

    private async Task SendAsync(long watermark)
    {
        var lastSent = time.GetUtcNow();
        while (true)
        {
            var set = await ReadAsync(watermark);
            watermark = set?.Watermark ?? watermark;
            if (set is { Visible: > 0 })
            {
                await SendFrameAsync(set.Json);
                lastSent = time.GetUtcNow();
                continue;
            }

            while (_fleeting.Reader.TryRead(out var frame))
            {
                await SendFrameAsync(frame);
            }

            if (time.GetUtcNow() - lastSent >= KeepAliveAfter)
            {
                if (set is not null && !await log.ExistsAsync(conversation, _stop.Token))
                {
                    Stop(SocketEnd.Ended);
                }

                // An empty text, never {}: that would end the client's stream.
                await SendFrameAsync([]);
                lastSent = time.GetUtcNow();
            }

            await _more.WaitAsync(PollEvery, _stop.Token);
        }
    }

    /// <summary><c>null</c> while the store is away: the socket stays open and tries again.</summary>
    private async Task<ActivitySet?> ReadAsync(long watermark)
    {
        try
        {
            return await log.ReadAsync(conversation, watermark, _stop.Token);
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
    }

    private async Task SendFrameAsync(byte[] text)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(SendLimit);
        await socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, limit.Token);
    }

    /// <summary>Whatever a client says is only a sign of life.</summary>
    private async Task ListenAsync()
    {
        var buffer = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(buffer, CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // cut off
        }

        Stop(SocketEnd.Gone);
    }

    private async Task SayCloseAsync()
    {
        var (status, reason) = (SocketEnd)_end switch
        {
            SocketEnd.Collision => (WebSocketCloseStatus.NormalClosure, "collision"),
            SocketEnd.Ended => (WebSocketCloseStatus.NormalClosure, "ended"),
            SocketEnd.Shutdown => (WebSocketCloseStatus.EndpointUnavailable, "restart"),
            _ => (WebSocketCloseStatus.NormalClosure, ""),
        };
        try
        {
            using var limit = new CancellationTokenSource(CloseLimit);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            {
                await socket.CloseOutputAsync(status, reason, limit.Token);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // gone already
        }
    }
}
