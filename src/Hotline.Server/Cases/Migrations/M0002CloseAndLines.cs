using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Hotline.Server.Cases.Migrations;

/// <summary>A close names what staff had seen; a conversation's second ticket tells its story from the beginning again.</summary>
[DbContext(typeof(CasesDb))]
[Migration("20261124000002_CloseAndLines")]
internal sealed class M0002CloseAndLines : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AddColumn<long>("Seen", "command", nullable: true);
        migrationBuilder.DropIndex("IX_line_EventId", "line");
        migrationBuilder.CreateIndex("IX_line_Ticket_EventId", "line", ["Ticket", "EventId"], unique: true);
    }
}
