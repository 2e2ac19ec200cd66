using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;

namespace Hotline.Server.Privacy;

/// <summary>The rows of <c>keys.db</c>. Used by one caller at a time; every change is on the disk before a method returns.</summary>
internal sealed class KeyTable : IDisposable
{
    private const int KeySize = 32;
    private const string FirstPurpose = "hotline.keys";
    private const string NamedPurpose = "hotline.keys.named";

    private static readonly string[] Steps =
    [
        "CREATE TABLE IF NOT EXISTS key (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL) WITHOUT ROWID;",
        """
        ALTER TABLE key ADD COLUMN purpose TEXT NOT NULL DEFAULT 'hotline.keys';
        CREATE TABLE erased (name TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
        """,
        "CREATE TABLE backup (at INTEGER PRIMARY KEY);",
    ];

    private readonly SqliteConnection _connection;
    private readonly HashSet<Guid> _unknown = [];
    private readonly Func<IDataProtectionProvider>? _reread;
    private IDataProtector _first;
    private IDataProtector _named;

    public KeyTable(string file, IDataProtectionProvider protection, Func<IDataProtectionProvider>? reread)
    {
        (_first, _named) = Protectors(protection);
        _reread = reread;
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            _connection.Open();
            Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
            Upgrade();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The keys of these names in one transaction; <c>null</c> where the master key ring cannot open one. A key is never replaced.</summary>
    public Dictionary<string, byte[]?> ReadOrMake(IEnumerable<string> names)
    {
        var keys = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        using var transaction = _connection.BeginTransaction(deferred: true);
        foreach (var name in names)
        {
            keys[name] = Read(name) is { } row ? Open(name, row) : Make(name);
        }

        transaction.Commit();
        return keys;
    }

    public void Erase(string name, DateTimeOffset now)
    {
        using (var transaction = _connection.BeginTransaction())
        {
            Run("DELETE FROM key WHERE name = $1", name);
            Run("INSERT INTO erased (name, at) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET at = $2", name, now.ToUnixTimeMilliseconds());
            transaction.Commit();
        }

        // The log still holds the page as it was.
        Run("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    public DateTimeOffset? ErasedAt(string name)
    {
        using var command = Command("SELECT at FROM erased WHERE name = $1", name);
        return command.ExecuteScalar() is long at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
    }

    /// <summary>Whether the master key ring opens a row; <c>true</c> when there is none.</summary>
    public bool CanOpenOne()
    {
        using var command = Command("SELECT name FROM key ORDER BY name DESC LIMIT 1");
        return command.ExecuteScalar() is not string name || Read(name) is not { } row || Open(name, row) is not null;
    }

    public Dictionary<Guid, int> CountByMasterKey()
    {
        var counts = new Dictionary<Guid, int>();
        using var command = Command("SELECT wrapped FROM key");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var id = MasterKeyOf(reader.GetFieldValue<byte[]>(0));
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }

        return counts;
    }

    /// <summary>Wraps every row anew, some at a time so that a running server can write in between. A row that was erased or changed meanwhile is left alone.</summary>
    public int Rewrap()
    {
        const int AtOnce = 500;
        var closed = 0;
        for (var last = ""; ;)
        {
            var names = Names(last, AtOnce);
            if (names.Count == 0)
            {
                Run("PRAGMA wal_checkpoint(TRUNCATE)");
                return closed;
            }

            using var transaction = _connection.BeginTransaction();
            foreach (var name in names)
            {
                if (Read(name) is not { } row)
                {
                    continue;
                }

                if (Open(name, row) is { } key)
                {
                    Run("UPDATE key SET wrapped = $2, purpose = $3 WHERE name = $1 AND wrapped = $4", name, Wrap(name, key), NamedPurpose, row.Wrapped);
                }
                else
                {
                    closed++;
                }
            }

            transaction.Commit();
            last = names[^1];
        }
    }

    public void NoteBackup(DateTimeOffset now) => Run("INSERT OR IGNORE INTO backup (at) VALUES ($1)", now.ToUnixTimeMilliseconds());

    public DateTimeOffset? LastBackupBefore(DateTimeOffset at)
    {
        using var command = Command("SELECT max(at) FROM backup WHERE at <= $1", at.ToUnixTimeMilliseconds());
        return command.ExecuteScalar() is long found ? DateTimeOffset.FromUnixTimeMilliseconds(found) : null;
    }

    private List<string> Names(string after, int max)
    {
        var names = new List<string>();
        using var command = Command("SELECT name FROM key WHERE name > $1 ORDER BY name LIMIT $2", after, max);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

    public void Dispose() => _connection.Dispose();

    private (string Purpose, byte[] Wrapped)? Read(string name)
    {
        using var command = Command("SELECT purpose, wrapped FROM key WHERE name = $1", name);
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetString(0), reader.GetFieldValue<byte[]>(1)) : null;
    }

    /// <summary>A row that does not open may be wrapped under a master key that was made after this process read the ring.</summary>
    private byte[]? Open(string name, (string Purpose, byte[] Wrapped) row)
    {
        if (TryOpen(name, row) is { } key)
        {
            return key;
        }

        if (_reread is null || !_unknown.Add(MasterKeyOf(row.Wrapped)))
        {
            return null; // looked for before
        }

        (_first, _named) = Protectors(_reread());
        return TryOpen(name, row);
    }

    private byte[]? TryOpen(string name, (string Purpose, byte[] Wrapped) row)
    {
        try
        {
            return (row.Purpose == NamedPurpose ? _named.CreateProtector(name) : _first).Unprotect(row.Wrapped);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private byte[] Make(string name)
    {
        var key = RandomNumberGenerator.GetBytes(KeySize);
        Run("INSERT INTO key (name, wrapped, purpose) VALUES ($1, $2, $3)", name, Wrap(name, key), NamedPurpose);
        return key;
    }

    private byte[] Wrap(string name, byte[] key) => _named.CreateProtector(name).Protect(key);

    private static (IDataProtector First, IDataProtector Named) Protectors(IDataProtectionProvider protection) =>
        (protection.CreateProtector(FirstPurpose), protection.CreateProtector(NamedPurpose));

    /// <summary>Data Protection writes the id of its key behind four bytes of its own.</summary>
    private static Guid MasterKeyOf(byte[] wrapped) => wrapped.Length < 20 ? Guid.Empty : new Guid(wrapped.AsSpan(4, 16));

    private void Upgrade()
    {
        using var command = Command("PRAGMA user_version");
        var version = (long)command.ExecuteScalar()!; // the pragma always gives one number
        if (version > Steps.Length)
        {
            throw new InvalidOperationException($"keys.db is of version {version}, newer than this server knows ({Steps.Length})");
        }

        for (; version < Steps.Length; version++)
        {
            using var transaction = _connection.BeginTransaction();
            Run($"{Steps[version]} PRAGMA user_version = {version + 1};");
            transaction.Commit();
        }
    }

    private void Run(string sql, params ReadOnlySpan<object> values)
    {
        using var command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }

        return command;
    }
}
