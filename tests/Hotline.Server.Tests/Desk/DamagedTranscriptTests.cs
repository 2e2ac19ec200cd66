using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hotline.Server.Tests.Desk;

public sealed class DamagedTranscriptTests
{
    [Fact]
    public async Task Handoff_WithALineThatCannotBeRead_StillOpensTheTicket()
    {
        await using var f = await DeskFixture.StartAsync();
        await f.CommitAsync(1, "hello");
        await f.CommitAsync(1, "agent");
        await using (var file = new SqliteConnection($"Data Source={f.Conversations};Pooling=False"))
        {
            await file.OpenAsync();
            await using var damage = file.CreateCommand();
            damage.CommandText = "UPDATE line SET body = x'0102' WHERE seq = 1";
            Assert.Equal(1, await damage.ExecuteNonQueryAsync());
        }

        await f.BringAsync();
        await using var db = f.CreateDbContext();
        var ticket = await db.Tickets.SingleAsync();
        Assert.NotEmpty(await db.Lines.Where(l => l.Ticket == ticket.Id).ToListAsync());
    }
}
