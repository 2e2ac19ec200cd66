using System.Collections.Concurrent;
using Hotline.Server.Turns;

namespace Hotline.Server.Storage.Redis;

/// <summary>Shards that may have something to deliver, so that nobody asks all of them. A lost hint comes again with the next renewal.</summary>
internal sealed class ReadyHints
{
    private readonly StreamHints[] _streams = [.. Enum.GetValues<OutboxStream>().Select(_ => new StreamHints())];
    private Action<OutboxStream> _wake = _ => { };

    public void OnReady(Action<OutboxStream> wake) => _wake += wake;

    public void Add(Shard shard, OutboxStream stream)
    {
        if (_streams[(int)stream].Add(shard.Number))
        {
            _wake(stream);
        }
    }

    /// <summary>Something of this shard waits until then.</summary>
    public void AddLater(Shard shard, OutboxStream stream, long ms) => _streams[(int)stream].AddLater(shard.Number, ms);

    /// <summary>At most <paramref name="max"/> shards, those that wait longest first.</summary>
    public IReadOnlyList<Shard> Next(OutboxStream stream, long nowMs, int max) => _streams[(int)stream].Next(nowMs, max);

    private sealed class StreamHints
    {
        private readonly ConcurrentQueue<int> _shards = new();
        private readonly int[] _queued = new int[Shard.Count];
        private readonly long[] _later = new long[Shard.Count];

        public bool Add(int shard)
        {
            if (Interlocked.Exchange(ref _queued[shard], 1) == 1)
            {
                return false;
            }

            _shards.Enqueue(shard);
            return true;
        }

        public void AddLater(int shard, long ms)
        {
            lock (_later)
            {
                _later[shard] = _later[shard] == 0 ? ms : Math.Min(_later[shard], ms);
            }
        }

        public List<Shard> Next(long nowMs, int max)
        {
            lock (_later)
            {
                for (var shard = 0; shard < Shard.Count; shard++)
                {
                    if (_later[shard] > 0 && _later[shard] <= nowMs)
                    {
                        _later[shard] = 0;
                        Add(shard);
                    }
                }
            }

            var next = new List<Shard>();
            while (next.Count < max && _shards.TryDequeue(out var shard))
            {
                _queued[shard] = 0;
                next.Add(new Shard(shard));
            }

            return next;
        }
    }
}
