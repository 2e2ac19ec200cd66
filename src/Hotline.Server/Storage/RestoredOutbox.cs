using Microsoft.Data.Sqlite;

namespace Hotline.Server.Storage;

/// <summary>
/// What waited to be sent when a back-up was made went out soon after, and the restored file does not know it. So every
/// such part counts as attempted then: the provider is asked for it before anything is sent again.
/// </summary>
internal static class RestoredOutbox
{
    /// <summary>More parts than a text can have.</summary>
    private const int MostParts = 32;

    public static void AskBeforeSending(string file, DateTimeOffset madeAt)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadWrite;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < $2)
            INSERT INTO part (event, part, conversation, channel, at, attempted, status)
            SELECT o.id, number.n, o.conversation, c.channel, $1, $1, 0
            FROM outbox o JOIN conversation c ON c.n = o.conversation, number WHERE o.stream <> 0
            ON CONFLICT (event, part) DO UPDATE SET attempted = $1 WHERE provider IS NULL AND attempted IS NULL
            """;
        command.Parameters.AddWithValue("$1", madeAt.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$2", MostParts - 1);
        command.ExecuteNonQuery();
    }
}
