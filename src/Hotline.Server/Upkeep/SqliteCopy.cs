using Microsoft.Data.Sqlite;

namespace Hotline.Server.Upkeep;

/// <summary>A copy of a database that may be in use: one moment of it, checked, and on the disk.</summary>
internal static class SqliteCopy
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(30);

    /// <exception cref="UpkeepException">The source is damaged.</exception>
    /// <exception cref="SqliteException">It cannot be read or written.</exception>
    public static void Make(string from, string to)
    {
        using (var source = Open(from))
        {
            using var copy = source.CreateCommand();
            copy.CommandText = "VACUUM INTO $1";
            copy.CommandTimeout = 0;
            copy.Parameters.AddWithValue("$1", to);
            copy.ExecuteNonQuery();
        }

        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(to, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        using (var made = Open(to))
        {
            if (Ask(made, "PRAGMA integrity_check") is not "ok")
            {
                throw new UpkeepException($"{Path.GetFileName(from)} is damaged: the copy does not pass its check. Restore the last good back-up");
            }
        }

        using var stream = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>The form of a database: the number of its steps, or of the cases database the name of its last migration.</summary>
    public static string VersionOf(string file)
    {
        using var connection = Open(file);
        return Ask(connection, "SELECT name FROM sqlite_master WHERE name = '__EFMigrationsHistory'") is null
            ? Ask(connection, "PRAGMA user_version") ?? ""
            : Ask(connection, "SELECT max(MigrationId) FROM __EFMigrationsHistory") ?? "";
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = (int)Wait.TotalSeconds,
        }.ToString());
        connection.Open();
        return connection;
    }

    private static string? Ask(SqliteConnection connection, string question)
    {
        using var command = connection.CreateCommand();
        command.CommandText = question;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
    }
}
