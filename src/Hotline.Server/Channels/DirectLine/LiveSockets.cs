using System.Collections.Concurrent;
using Hotline.Conversations;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>The open socket of each conversation in this process. The newest one wins.</summary>
internal sealed class LiveSockets
{
    private readonly ConcurrentDictionary<ContactKey, LiveSocket> _open = new();

    public int Count => _open.Count;

    /// <summary>Takes the place of an earlier socket, which is told to close.</summary>
    public void Enter(ContactKey contact, LiveSocket socket)
    {
        LiveSocket? earlier = null;
        _open.AddOrUpdate(contact, socket, (_, old) =>
        {
            earlier = old;
            return socket;
        });
        earlier?.Stop(SocketEnd.Collision);
    }

    public void Leave(ContactKey contact, LiveSocket socket) => _open.TryRemove(new(contact, socket));

    public void Wake(ContactKey contact)
    {
        if (_open.TryGetValue(contact, out var socket))
        {
            socket.Wake();
        }
    }

    /// <summary>Shows an activity that is not kept, such as <c>typing</c>.</summary>
    public void Show(ContactKey contact, byte[] frame)
    {
        if (_open.TryGetValue(contact, out var socket))
        {
            socket.Show(frame);
        }
    }
}
