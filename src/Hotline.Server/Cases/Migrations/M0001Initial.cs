using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Hotline.Server.Cases.Migrations;

/// <summary>The first form of the cases database. Written by hand in types that every engine maps; a step is never changed once it was released.</summary>
[DbContext(typeof(CasesDb))]
[Migration("20261124000001_Initial")]
internal sealed class M0001Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "contact",
            t => new
            {
                Channel = t.Column<string>(),
                Contact = t.Column<string>(),
                SealedAddress = t.Column<byte[]>(),
                Language = t.Column<string>(nullable: true),
                OptedOut = t.Column<bool>(),
                Hidden = t.Column<bool>(),
                NotSafe = t.Column<bool>(),
                DeletionAsked = t.Column<long>(nullable: true),
                FirstSeen = t.Column<long>(),
                LastSeen = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_contact", c => new { c.Channel, c.Contact }));
        migrationBuilder.CreateTable(
            "ticket",
            t => new
            {
                Id = t.Column<string>(),
                Channel = t.Column<string>(),
                Contact = t.Column<string>(),
                Conversation = t.Column<string>(),
                Level = t.Column<int>(),
                State = t.Column<int>(),
                Reason = t.Column<string>(),
                CannotAnswer = t.Column<bool>(),
                Language = t.Column<string>(nullable: true),
                Owner = t.Column<string>(nullable: true),
                Joined = t.Column<bool>(),
                Opened = t.Column<long>(),
                WaitingSince = t.Column<long>(nullable: true),
                LastRing = t.Column<long>(),
                FirstReply = t.Column<long>(nullable: true),
                Closed = t.Column<long>(nullable: true),
                Version = t.Column<int>(),
            },
            constraints: t => t.PrimaryKey("PK_ticket", c => c.Id));
        migrationBuilder.CreateIndex("IX_ticket_State_Level_WaitingSince", "ticket", ["State", "Level", "WaitingSince"]);
        migrationBuilder.CreateIndex("IX_ticket_Channel_Contact", "ticket", ["Channel", "Contact"]);
        migrationBuilder.CreateTable(
            "line",
            t => new
            {
                Seq = t.Column<long>().Annotation("Sqlite:Autoincrement", true),
                Ticket = t.Column<string>(),
                EventId = t.Column<string>(),
                At = t.Column<long>(),
                Kind = t.Column<int>(),
                SealedBody = t.Column<byte[]>(),
            },
            constraints: t => t.PrimaryKey("PK_line", c => c.Seq));
        migrationBuilder.CreateIndex("IX_line_EventId", "line", "EventId", unique: true);
        migrationBuilder.CreateIndex("IX_line_Ticket_Seq", "line", ["Ticket", "Seq"]);
        migrationBuilder.CreateTable(
            "reply",
            t => new
            {
                Id = t.Column<Guid>(),
                Ticket = t.Column<string>(),
                Staff = t.Column<string>(),
                SealedText = t.Column<byte[]>(),
                State = t.Column<int>(),
                At = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_reply", c => c.Id));
        migrationBuilder.CreateIndex("IX_reply_State", "reply", "State");
        migrationBuilder.CreateTable(
            "command",
            t => new
            {
                Seq = t.Column<long>().Annotation("Sqlite:Autoincrement", true),
                Ticket = t.Column<string>(),
                Command = t.Column<int>(),
                Staff = t.Column<string>(nullable: true),
                Level = t.Column<int>(),
                Done = t.Column<bool>(),
            },
            constraints: t => t.PrimaryKey("PK_command", c => c.Seq));
        migrationBuilder.CreateIndex("IX_command_Done_Seq", "command", ["Done", "Seq"]);
        migrationBuilder.CreateTable(
            "feed",
            t => new
            {
                Seq = t.Column<long>().Annotation("Sqlite:Autoincrement", true),
                Number = t.Column<long>(nullable: true),
                Kind = t.Column<string>(),
                Ticket = t.Column<string>(),
                Level = t.Column<int>(),
            },
            constraints: t => t.PrimaryKey("PK_feed", c => c.Seq));
        migrationBuilder.CreateIndex("IX_feed_Number", "feed", "Number", unique: true);
        migrationBuilder.CreateTable(
            "audit",
            t => new
            {
                Seq = t.Column<long>().Annotation("Sqlite:Autoincrement", true),
                At = t.Column<long>(),
                Staff = t.Column<string>(),
                Action = t.Column<string>(),
                Ticket = t.Column<string>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_audit", c => c.Seq));
        migrationBuilder.CreateTable(
            "staff",
            t => new
            {
                Id = t.Column<string>(),
                Email = t.Column<string>(),
                NormalizedEmail = t.Column<string>(),
                PasswordHash = t.Column<string>(nullable: true),
                ProtectedTotp = t.Column<byte[]>(nullable: true),
                TotpConfirmed = t.Column<bool>(),
                LastTotpStep = t.Column<long>(),
                Stamp = t.Column<string>(),
                Failed = t.Column<int>(),
                LockedUntil = t.Column<long>(nullable: true),
                Role = t.Column<string>(),
            },
            constraints: t => t.PrimaryKey("PK_staff", c => c.Id));
        migrationBuilder.CreateIndex("IX_staff_NormalizedEmail", "staff", "NormalizedEmail", unique: true);
        migrationBuilder.CreateTable(
            "setup",
            t => new
            {
                Id = t.Column<int>().Annotation("Sqlite:Autoincrement", true),
                CodeHash = t.Column<byte[]>(),
                Expires = t.Column<long>(),
                Used = t.Column<bool>(),
            },
            constraints: t => t.PrimaryKey("PK_setup", c => c.Id));
    }
}
