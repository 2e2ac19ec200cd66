using Hotline.Server.Cases;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Xunit;

namespace Hotline.Server.Tests.Cases;

public sealed class MigrationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hotline-cases-");

    public static TheoryData<string> Versions()
    {
        using var db = Open("unused.db");
        return [.. db.Database.GetMigrations()];
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Upgrade_FromEveryVersion_KeepsWhatWasThere(string version)
    {
        var file = Path.Combine(_folder.FullName, "cases.db");
        await using (var old = Open(file))
        {
            await old.GetService<IMigrator>().MigrateAsync(version);
            await old.Database.ExecuteSqlRawAsync(
                "INSERT INTO line (Ticket, EventId, At, Kind, SealedBody) VALUES ('t', 'e', 1, 0, x'00'); "
                + "INSERT INTO command (Ticket, Command, Staff, Level, Done) VALUES ('t', 2, 's', 1, 0);");
        }

        await using var db = Open(file);
        await db.Database.MigrateAsync();
        Assert.Equal("e", (await db.Lines.SingleAsync()).EventId);
        Assert.Null((await db.Commands.SingleAsync()).Seen);
        db.Lines.Add(new LineRow { Ticket = "t2", EventId = "e", SealedBody = [0] });
        await db.SaveChangesAsync();
        db.Lines.Add(new LineRow { Ticket = "t2", EventId = "e", SealedBody = [0] });
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    /// <summary>The steps are written by hand: every column and index of the model is really there, and none besides.</summary>
    [Fact]
    public async Task Steps_MakeWhatTheModelSays()
    {
        await using var made = Open(Path.Combine(_folder.FullName, "made.db"));
        await made.Database.EnsureCreatedAsync();
        await using var migrated = Open(Path.Combine(_folder.FullName, "migrated.db"));
        await migrated.Database.MigrateAsync();
        Assert.Equal(await ShapeAsync(made), await ShapeAsync(migrated));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private static CasesDb Open(string file)
    {
        var options = new DbContextOptionsBuilder<CasesDb>();
        CasesSetup.Configure(options, file);
        return new((DbContextOptions<CasesDb>)options.Options);
    }

    private static async Task<List<string>> ShapeAsync(CasesDb db)
    {
        var columns = await db.Database.SqlQueryRaw<string>(
            "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk AS Value "
            + "FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\\_\\_EF%' ESCAPE '\\'").ToListAsync();
        var indexes = await db.Database.SqlQueryRaw<string>(
            "SELECT replace(sql, char(10), ' ') AS Value FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").ToListAsync();
        return [.. columns.Concat(indexes).Order(StringComparer.Ordinal)];
    }
}
