namespace Hotline.Server.Channels.Twilio;

/// <summary>
/// The last ids that this copy has accepted, so that the sweep does not ask the store about each of them again. A
/// forgotten id only costs that question: what decides is the store's seen key.
/// </summary>
internal sealed class RecentIds
{
    private const int Limit = 20_000;

    private readonly Lock _lock = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Add(string id)
    {
        lock (_lock)
        {
            if (!_ids.Add(id))
                return;
            _order.Enqueue(id);
            if (_order.Count > Limit)
                _ids.Remove(_order.Dequeue());
        }
    }

    public bool Contains(string id)
    {
        lock (_lock)
        {
            return _ids.Contains(id);
        }
    }
}
