using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Hotline.Server.Cases.Migrations;

/// <summary>Drafts outlive the process.</summary>
[DbContext(typeof(CasesDb))]
[Migration("20261124000003_Drafts")]
internal sealed class M0003Drafts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "draft",
        t => new
        {
            Staff = t.Column<string>(),
            Ticket = t.Column<string>(),
            Editor = t.Column<string>(),
            SealedText = t.Column<byte[]>(),
        },
        constraints: t => t.PrimaryKey("PK_draft", c => new { c.Staff, c.Ticket, c.Editor }));
}
