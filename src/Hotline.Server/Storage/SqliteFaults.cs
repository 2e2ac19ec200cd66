using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hotline.Server.Storage;

/// <summary>What a fault of a write means for the others of its group.</summary>
internal static class SqliteFaults
{
    /// <summary>The file or the disk is at fault, so that every write would meet it. Anything else is the fault of one write.</summary>
    public static bool IsOfTheStore(Exception e) => e is NewerSchemaException or IOException or UnauthorizedAccessException
        || (e is SqliteException sqlite && sqlite.SqliteErrorCode is not (raw.SQLITE_CONSTRAINT or raw.SQLITE_TOOBIG or raw.SQLITE_MISMATCH or raw.SQLITE_RANGE or raw.SQLITE_ERROR));

    /// <summary>The connection is as good as before: somebody else holds the file, or the disk is full.</summary>
    public static bool LeavesTheConnection(Exception e) =>
        e is SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_FULL };

    public static int CodeOf(Exception e) => e is SqliteException sqlite ? sqlite.SqliteExtendedErrorCode : 0;
}
