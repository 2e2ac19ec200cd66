namespace Hotline.Server.Storage.Redis;

/// <summary>
/// The leases that this copy holds. Without a <see cref="RedisLeases"/> (tools, tests of the store alone) every shard is
/// free to all. A shard that was lost is not taken again before everything that was begun under the old lease has ended.
/// </summary>
internal sealed class LeaseTable(TimeProvider time)
{
    private const string Nobody = "";
    private const string NotOurs = "-";

    private readonly Lock _lock = new();
    private readonly ShardLease?[] _leases = new ShardLease?[Shard.Count];
    private readonly ShardLease?[] _ending = new ShardLease?[Shard.Count];
    private volatile bool _isShared;

    /// <summary>From now on only what is leased is ours.</summary>
    public void Share()
    {
        Array.Clear(_leases);
        _isShared = true;
    }

    public bool IsShared => _isShared;

    public IEnumerable<ShardLease> Held => _leases.OfType<ShardLease>();

    public int Count => _leases.Count(lease => lease is not null);

    /// <summary>The shards that this copy looks after.</summary>
    public IEnumerable<Shard> Shards => _isShared ? Held.Select(lease => lease.Shard) : Shard.All;

    public ShardLease? Find(Shard shard) => _isShared ? Volatile.Read(ref _leases[shard.Number]) : _leases[shard.Number] ??= Unshared(shard);

    /// <summary>What scripts must find in Redis.</summary>
    public string ValueOf(Shard shard) => _isShared ? Volatile.Read(ref _leases[shard.Number])?.Value ?? NotOurs : Nobody;

    public bool MayTake(Shard shard)
    {
        lock (_lock)
        {
            if (_ending[shard.Number] is { InHand.IsEmpty: true } ended)
            {
                ended.Dispose();
                _ending[shard.Number] = null;
            }

            return _leases[shard.Number] is null && _ending[shard.Number] is null;
        }
    }

    public void Add(ShardLease lease)
    {
        lock (_lock)
        {
            _leases[lease.Shard.Number] = lease;
        }
    }

    public void Remove(ShardLease lease)
    {
        lock (_lock)
        {
            if (_leases[lease.Shard.Number] != lease)
            {
                return;
            }

            _ending[lease.Shard.Number] = lease;
            _leases[lease.Shard.Number] = null;
        }

        lease.Lose();
    }

    private ShardLease Unshared(Shard shard)
    {
        var lease = new ShardLease(shard, Nobody, time);
        lease.Extend(time.GetTimestamp(), TimeSpan.FromDays(3650));
        return lease;
    }
}
