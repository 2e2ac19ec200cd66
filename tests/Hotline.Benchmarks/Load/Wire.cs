using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hotline.Benchmarks.Load;

/// <summary>One kept connection: a request goes out, its answer is read to its end. Cheap, because generator and server share the cores.</summary>
internal sealed class Wire : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[16 * 1024];

    private Wire(Socket socket) => _socket = socket;

    public static async Task<Wire> OpenAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return new(socket);
    }

    /// <returns>The HTTP status.</returns>
    public async Task<int> AskAsync(byte[] request)
    {
        await _socket.SendAsync(request, SocketFlags.None);
        var filled = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled), SocketFlags.None);
            if (read == 0)
            {
                throw new IOException("the server closed the connection");
            }

            filled += read;
            if (Status(_buffer.AsSpan(0, filled)) is { } status)
            {
                return status;
            }
        }
    }

    public void Dispose() => _socket.Dispose();

    /// <returns><c>null</c> while the answer is not whole.</returns>
    private static int? Status(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var head = Encoding.ASCII.GetString(answer[..end]);
        var length = head.IndexOf("Content-Length:", StringComparison.OrdinalIgnoreCase);
        if (length >= 0)
        {
            var line = head.AsSpan(length + 15);
            var stop = line.IndexOf('\r');
            if (answer.Length < end + 4 + int.Parse(stop < 0 ? line : line[..stop], CultureInfo.InvariantCulture))
            {
                return null;
            }
        }
        else if (!answer.EndsWith("0\r\n\r\n"u8))
        {
            return null;
        }

        return int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
    }
}
