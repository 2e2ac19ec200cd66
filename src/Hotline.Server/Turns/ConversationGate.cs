namespace Hotline.Server.Turns;

/// <summary>
/// One turn at a time per conversation in this process, in the order of asking, so that a busy conversation does not
/// burn its tries on conflicts. Striped: two conversations may share a gate, which costs a wait and never a deadlock.
/// </summary>
internal sealed class ConversationGate
{
    private const int Stripes = 1024;

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, Stripes).Select(_ => new SemaphoreSlim(1, 1))];

    public async ValueTask<IDisposable> EnterAsync(ConversationAddress address, CancellationToken ct)
    {
        var gate = _gates[(uint)address.GetHashCode() % Stripes];
        await gate.WaitAsync(ct);
        return new Leave(gate);
    }

    private sealed class Leave(SemaphoreSlim gate) : IDisposable
    {
        private SemaphoreSlim? _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Release();
    }
}
