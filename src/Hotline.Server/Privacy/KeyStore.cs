using System.Collections.Concurrent;
using System.Security.Cryptography;
using Hotline.Conversations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;

namespace Hotline.Server.Privacy;

/// <summary>
/// Data keys per contact and per ticket, wrapped by the master key ring, in a file of their own (<c>keys.db</c>), so
/// that erasing one destroys what it sealed, whatever back-ups of the other databases exist.
/// </summary>
internal sealed class KeyStore : IDisposable
{
    private const int KeySize = 32;
    private const int MostCached = 50_000;

    private readonly ConcurrentDictionary<string, ContactSeal> _cache = new(StringComparer.Ordinal);
    private readonly SqliteConnection _connection;
    private readonly IDataProtector _ring;
    private readonly Lock _lock = new();

    public KeyStore(string file, IDataProtectionProvider protection)
    {
        _ring = protection.CreateProtector("hotline.keys");
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 1 }.ToString());
        _connection.Open();
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
        Run("CREATE TABLE IF NOT EXISTS key (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;");
    }

    /// <summary>The contact's key, made and durable before it is first used.</summary>
    /// <exception cref="KeyUnavailableException">The key cannot be read or made: nothing may be acknowledged.</exception>
    public ValueTask<ContactSeal> ForContactAsync(ContactKey contact, CancellationToken ct) => Get($"contact:{contact}", ct);

    /// <summary>The key of a ticket's copy of the conversation, which outlives the conversation itself.</summary>
    /// <exception cref="KeyUnavailableException">The key cannot be read or made.</exception>
    public ValueTask<ContactSeal> ForTicketAsync(TicketId ticket, CancellationToken ct) => Get($"ticket:{ticket}", ct);

    /// <summary>Destroys the contact's key: what it sealed is gone from here on.</summary>
    public Task EraseAsync(ContactKey contact, CancellationToken ct)
    {
        lock (_lock)
        {
            _cache.TryRemove($"contact:{contact}", out _);
            Run("DELETE FROM key WHERE name = $1; PRAGMA wal_checkpoint(TRUNCATE);", $"contact:{contact}");
        }

        return Task.CompletedTask;
    }

    public void Dispose() => _connection.Dispose();

    private ValueTask<ContactSeal> Get(string name, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (_cache.TryGetValue(name, out var cached))
        {
            return new(cached);
        }

        try
        {
            lock (_lock)
            {
                var seal = new ContactSeal(Read(name) ?? Make(name));
                if (_cache.Count >= MostCached)
                {
                    _cache.Clear();
                }

                _cache[name] = seal;
                return new(seal);
            }
        }
        catch (Exception e) when (e is SqliteException or CryptographicException)
        {
            throw new KeyUnavailableException(e);
        }
    }

    private byte[]? Read(string name)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT wrapped FROM key WHERE name = $1";
        command.Parameters.AddWithValue("$1", name);
        return command.ExecuteScalar() is byte[] wrapped ? _ring.Unprotect(wrapped) : null;
    }

    private byte[] Make(string name)
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO key (name, wrapped) VALUES ($1, $2)";
        command.Parameters.AddWithValue("$1", name);
        command.Parameters.AddWithValue("$2", _ring.Protect(key));
        command.ExecuteNonQuery();
        return key;
    }

    private void Run(string sql, string? value = null)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        if (value is not null)
        {
            command.Parameters.AddWithValue("$1", value);
        }

        command.ExecuteNonQuery();
    }
}

/// <summary>A data key cannot be read or made durable now.</summary>
internal sealed class KeyUnavailableException : Exception
{
    public KeyUnavailableException()
        : base("a data key is not available")
    {
    }

    public KeyUnavailableException(string message)
        : base(message)
    {
    }

    public KeyUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public KeyUnavailableException(Exception inner)
        : base("a data key is not available", inner)
    {
    }
}
