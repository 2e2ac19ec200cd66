using System.Collections.Concurrent;
using System.Security.Cryptography;
using Hotline.Conversations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;

namespace Hotline.Server.Privacy;

/// <summary>
/// Data keys per contact and per ticket, wrapped by the master key ring, in a file of their own (<c>keys.db</c>), so
/// that erasing one destroys what it sealed, whatever back-ups of the other databases exist. The ring
/// keeps its old keys, so rows are wrapped again only by <c>keys rewrap</c>; each row says for which purpose it was
/// wrapped, and its name is part of that, so that no row can stand in for another.
/// </summary>
internal sealed class KeyStore : IDisposable
{
    private const int MostCached = 50_000;

    private readonly ConcurrentDictionary<string, ContactSeal> _cache = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Wanted> _wanted = new();
    private readonly SemaphoreSlim _gate = new(1);
    private readonly KeyTable _table;

    /// <param name="reread">Reads the master key ring anew; asked when a row was wrapped under a key that the running ring does not know.</param>
    /// <exception cref="SqliteException">The file cannot be opened.</exception>
    public KeyStore(string file, IDataProtectionProvider protection, Func<IDataProtectionProvider>? reread = null) =>
        _table = new KeyTable(file, protection, reread);

    /// <summary>The contact's key, made and durable before it is first used.</summary>
    /// <exception cref="KeyUnavailableException">The key cannot be read or made: nothing may be acknowledged.</exception>
    public ValueTask<ContactSeal> ForContactAsync(ContactKey contact, CancellationToken ct) => GetAsync($"contact:{contact}", ct);

    /// <summary>The key of a ticket's copy of the conversation, which outlives the conversation itself.</summary>
    /// <exception cref="KeyUnavailableException">The key cannot be read or made.</exception>
    public ValueTask<ContactSeal> ForTicketAsync(TicketId ticket, CancellationToken ct) => GetAsync($"ticket:{ticket}", ct);

    /// <summary>Destroys the contact's key: what it sealed is gone from here on. The time of it is kept.</summary>
    /// <exception cref="KeyUnavailableException">The key is still there.</exception>
    public Task EraseAsync(ContactKey contact, DateTimeOffset now, CancellationToken ct) => EraseAsync($"contact:{contact}", now, ct);

    /// <summary>Destroys the key of a ticket.</summary>
    /// <exception cref="KeyUnavailableException">The key is still there.</exception>
    public Task EraseAsync(TicketId ticket, DateTimeOffset now, CancellationToken ct) => EraseAsync($"ticket:{ticket}", now, ct);

    /// <summary>When the contact's key was last destroyed; <c>null</c>: never.</summary>
    /// <exception cref="KeyUnavailableException">The file cannot be read.</exception>
    public async Task<DateTimeOffset?> ErasedAtAsync(ContactKey contact, CancellationToken ct)
    {
        DateTimeOffset? at = null;
        await InsideAsync(() => at = _table.ErasedAt($"contact:{contact}"), ct);
        return at;
    }

    /// <summary>Under which master keys the rows are wrapped, and how many under each.</summary>
    /// <exception cref="KeyUnavailableException">The file cannot be read.</exception>
    public async Task<IReadOnlyDictionary<Guid, int>> CountByMasterKeyAsync(CancellationToken ct)
    {
        IReadOnlyDictionary<Guid, int> counts = new Dictionary<Guid, int>();
        await InsideAsync(() => counts = _table.CountByMasterKey(), ct);
        return counts;
    }

    /// <summary>Wraps every row under the newest master key. Returns how many could not be opened and stay as they are.</summary>
    /// <exception cref="KeyUnavailableException">The file cannot be written.</exception>
    public async Task<int> RewrapAsync(CancellationToken ct)
    {
        var closed = 0;
        await InsideAsync(() => closed = _table.Rewrap(), ct);
        return closed;
    }

    /// <summary>Notes that the keys are about to be backed up: whatever is erased later lives on in that back-up until it expires.</summary>
    /// <exception cref="KeyUnavailableException">The note is not durable: make no back-up.</exception>
    public Task NoteBackupAsync(DateTimeOffset now, CancellationToken ct) => InsideAsync(() => _table.NoteBackup(now), ct);

    /// <summary>When the keys were last backed up; <c>null</c>: never.</summary>
    /// <exception cref="KeyUnavailableException">The file cannot be read.</exception>
    public async Task<DateTimeOffset?> LastBackupAsync(CancellationToken ct)
    {
        DateTimeOffset? at = null;
        await InsideAsync(() => at = _table.LastBackupBefore(DateTimeOffset.MaxValue), ct);
        return at;
    }

    /// <summary>What an erase certificate says of the contact; <c>null</c>: never erased.</summary>
    /// <exception cref="KeyUnavailableException">The file cannot be read.</exception>
    public async Task<Erasure?> ErasureAsync(ContactKey contact, CancellationToken ct)
    {
        Erasure? erasure = null;
        await InsideAsync(
            () =>
            {
                if (_table.ErasedAt($"contact:{contact}") is { } at)
                {
                    erasure = new(at, _table.LastBackupBefore(at) is { } backup ? backup + Erasure.BackupsLiveFor : at);
                }
            },
            ct);
        return erasure;
    }

    /// <summary>Whether the master key ring opens what is in the file.</summary>
    public bool CanOpen() => _table.CanOpenOne();

    public void Dispose()
    {
        _gate.Wait();
        _table.Dispose();
        _gate.Dispose();
    }

    private ValueTask<ContactSeal> GetAsync(string name, CancellationToken ct) =>
        _cache.TryGetValue(name, out var cached) ? new(cached) : new(AskAsync(name, ct));

    /// <summary>Whoever comes through the gate serves all who wait, so that many new contacts share one fsync.</summary>
    private async Task<ContactSeal> AskAsync(string name, CancellationToken ct)
    {
        var wanted = new Wanted(name, new(TaskCreationOptions.RunContinuationsAsynchronously));
        _wanted.Enqueue(wanted);
        await InsideAsync(ServeAll, ct);
        return await wanted.Seal.Task;
    }

    private async Task EraseAsync(string name, DateTimeOffset now, CancellationToken ct) => await InsideAsync(
        () =>
        {
            _cache.TryRemove(name, out _);
            _table.Erase(name, now);
        },
        ct);

    private async Task InsideAsync(Action work, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            work();
        }
        catch (Exception e) when (e is SqliteException or CryptographicException)
        {
            throw new KeyUnavailableException(e);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void ServeAll()
    {
        var served = new List<Wanted>();
        while (_wanted.TryDequeue(out var wanted))
        {
            served.Add(wanted);
        }

        if (served.Count == 0)
        {
            return;
        }

        try
        {
            var keys = _table.ReadOrMake(served.Select(wanted => wanted.Name).Distinct(StringComparer.Ordinal));
            foreach (var wanted in served)
            {
                wanted.Answer(keys[wanted.Name] is { } key ? Keep(wanted.Name, key) : null);
            }
        }
#pragma warning disable CA1031 // whatever it is, those who wait must hear of it
        catch (Exception e)
        {
            served.ForEach(wanted => wanted.Seal.TrySetException(new KeyUnavailableException(e)));
        }
#pragma warning restore CA1031
    }

    private ContactSeal Keep(string name, byte[] key)
    {
        if (_cache.Count >= MostCached)
        {
            _cache.Clear();
        }

        return _cache.GetOrAdd(name, _ => new ContactSeal(key));
    }

    private sealed record Wanted(string Name, TaskCompletionSource<ContactSeal> Seal)
    {
        public void Answer(ContactSeal? seal)
        {
            if (seal is null)
            {
                Seal.TrySetException(new KeyUnavailableException());
            }
            else
            {
                Seal.TrySetResult(seal);
            }
        }
    }
}
