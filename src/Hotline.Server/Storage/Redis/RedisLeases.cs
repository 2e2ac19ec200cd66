using Hotline.Server.Turns;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>
/// Shares the shards evenly among the copies that live. Each second a copy says that it is there, renews its leases, gives
/// away what is over its share as soon as nothing of it is in hand, and takes what is free. A dead copy's leases run out by
/// themselves; Redis's time decides, nobody's clock.
/// </summary>
internal sealed class RedisLeases(RedisLine line, LeaseTable table, ReadyHints hints, LeaseSettings settings) : IAsyncDisposable
{
    private const string CopiesKey = "hl:copies";

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<int> _due = [];
    private Task _loop = Task.CompletedTask;
    private ITimer? _watch;

    /// <summary>The living copies, as last seen.</summary>
    public IReadOnlyList<string> Copies { get; private set; } = [];

    public void Start()
    {
        table.Share();
        _watch = settings.Time.CreateTimer(_ => LoseWhatIsOver(), null, settings.Watch, settings.Watch);
        _loop = Task.Run(KeepAsync);
    }

    /// <summary>Shards with waits that have run out, once each.</summary>
    public IReadOnlyList<Shard> TakeDue()
    {
        lock (_due)
        {
            List<Shard> due = [.. _due.Select(n => new Shard(n)).Where(s => table.Find(s) is not null)];
            _due.Clear();
            return due;
        }
    }

    /// <summary>Gives everything back, so that others need not wait for the leases to run out.</summary>
    public async Task ReleaseAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        var held = table.Held.ToList();
        held.ForEach(table.Remove);
        try
        {
            await line.AskAsync(
                async db =>
                {
                    await db.SortedSetRemoveAsync(CopiesKey, settings.Copy);
                    return await Task.WhenAll(held.Select(lease => RedisLine.RunAsync(db, RedisScript.Release, Key(lease.Shard), [lease.Value])));
                },
                CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
            // they run out by themselves
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task KeepAsync()
    {
        using var timer = new PeriodicTimer(settings.Tick, settings.Time);
        do
        {
            try
            {
                await BeatAsync();
                await RenewAsync();
                await ShareAsync();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // the line says what is wrong; the leases run out if it lasts, and are taken again
            catch (StoreUnavailableException)
            {
                // said already
            }
            catch (Exception e)
            {
                settings.Log.SharingStopped(e.GetType().Name);
            }
#pragma warning restore CA1031
        }
        while (await NextAsync(timer));
    }

    private async Task BeatAsync()
    {
        var answer = await line.RunAsync(RedisScript.Beat, CopiesKey, [settings.Copy, (long)settings.Silence.TotalMilliseconds], _stop.Token);
        Copies = [.. ((RedisValue[])answer).Select(copy => (string)copy!)];
    }

    private async Task RenewAsync()
    {
        var held = table.Held.ToList();
        var asked = settings.Time.GetTimestamp();
        var now = line.Clock.Ms(settings.Time.GetUtcNow());
        var answers = await line.AskAsync(
            db => Task.WhenAll(held.Select(lease => RedisLine.RunAsync(
                db, RedisScript.Renew, Key(lease.Shard), [lease.Shard.Prefix, lease.Value, (long)settings.Length.TotalMilliseconds, now]))),
            _stop.Token);
        foreach (var (lease, answer) in held.Zip(answers))
        {
            if (answer.IsNull)
            {
                table.Remove(lease);
                continue;
            }

            lease.Extend(asked, settings.Length);
            Note(lease.Shard, (int)answer);
        }
    }

    private void Note(Shard shard, int work)
    {
        foreach (var stream in Enum.GetValues<OutboxStream>())
        {
            if ((work & (1 << (int)stream)) != 0)
            {
                hints.Add(shard, stream);
            }
        }

        if ((work & 8) != 0)
        {
            lock (_due)
            {
                _due.Add(shard.Number);
            }
        }
    }

    private async Task ShareAsync()
    {
        var own = FairShare();
        var held = table.Held.ToList();
        for (var i = 0; i < held.Count; i++)
        {
            held[i].IsLeaving = i >= own;
        }

        foreach (var lease in held.Where(l => l.IsLeaving && l.InHand.IsEmpty))
        {
            table.Remove(lease);
            await line.RunAsync(RedisScript.Release, Key(lease.Shard), [lease.Value], _stop.Token);
        }

        if (held.Count < own)
        {
            await AcquireAsync(own - held.Count);
        }
    }

    /// <summary>256 by the number of copies; the first ones by name take what is left over.</summary>
    private int FairShare()
    {
        var place = Copies.ToList().IndexOf(settings.Copy);
        return place < 0 ? 0 : (Shard.Count / Copies.Count) + (place < Shard.Count % Copies.Count ? 1 : 0);
    }

    /// <summary>Each copy begins to look at another place, so that they seldom want the same shard.</summary>
    private async Task AcquireAsync(int wanted)
    {
        var start = Copies.ToList().IndexOf(settings.Copy) * Shard.Count / Copies.Count;
        var free = Enumerable.Range(start, Shard.Count).Select(n => new Shard(n % Shard.Count)).Where(table.MayTake).ToList();
        for (var next = 0; next < free.Count && wanted > 0;)
        {
            var tried = free.Skip(next).Take(wanted).ToList();
            next += tried.Count;
            var now = line.Clock.Ms(settings.Time.GetUtcNow());
            var asked = settings.Time.GetTimestamp();
            var answers = await line.AskAsync(
                db => Task.WhenAll(tried.Select(shard => RedisLine.RunAsync(
                    db, RedisScript.Acquire, Key(shard), [shard.Prefix, settings.Copy, (long)settings.Length.TotalMilliseconds, now]))),
                _stop.Token);
            foreach (var (shard, answer) in tried.Zip(answers).Where(pair => !pair.Second.IsNull))
            {
                var fields = (RedisValue[])answer;
                var lease = new ShardLease(shard, fields[0]!, settings.Time);
                lease.Extend(asked, settings.Length);
                table.Add(lease);
                Note(shard, (int)fields[1]);
                wanted--;
            }
        }
    }

    private void LoseWhatIsOver()
    {
        foreach (var lease in table.Held.Where(l => l.IsOver).ToList())
        {
            table.Remove(lease);
        }
    }

    private async Task<bool> NextAsync(PeriodicTimer timer)
    {
        try
        {
            return await timer.WaitForNextTickAsync(_stop.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static RedisKey Key(Shard shard) => shard.Key("lease");
}
