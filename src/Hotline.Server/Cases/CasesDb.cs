using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Hotline.Server.Cases;

/// <summary>The cases database. Only this room touches it; times are stored as UTC milliseconds, so that both engines sort them.</summary>
internal sealed class CasesDb(DbContextOptions<CasesDb> options) : DbContext(options)
{
    public DbSet<ContactRow> Contacts => Set<ContactRow>();

    public DbSet<TicketRow> Tickets => Set<TicketRow>();

    public DbSet<LineRow> Lines => Set<LineRow>();

    public DbSet<ReplyRow> Replies => Set<ReplyRow>();

    public DbSet<DraftRow> Drafts => Set<DraftRow>();

    public DbSet<CommandRow> Commands => Set<CommandRow>();

    public DbSet<FeedRow> Feed => Set<FeedRow>();

    public DbSet<AuditRow> Audit => Set<AuditRow>();

    public DbSet<StaffRow> Staff => Set<StaffRow>();

    public DbSet<SetupRow> Setups => Set<SetupRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<Milliseconds>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<ContactRow>(e =>
        {
            e.ToTable("contact").HasKey(r => new { r.Channel, r.Contact });
        });
        modelBuilder.Entity<TicketRow>(e =>
        {
            e.ToTable("ticket").HasKey(r => r.Id);
            e.Property(r => r.Version).IsConcurrencyToken();
            e.HasIndex(r => new { r.State, r.Level, r.WaitingSince });
            e.HasIndex(r => new { r.Channel, r.Contact });
        });
        modelBuilder.Entity<LineRow>(e =>
        {
            e.ToTable("line").HasKey(r => r.Seq);
            e.HasIndex(r => new { r.Ticket, r.EventId }).IsUnique();
            e.HasIndex(r => new { r.Ticket, r.Seq });
        });
        modelBuilder.Entity<ReplyRow>(e =>
        {
            e.ToTable("reply").HasKey(r => r.Id);
            e.HasIndex(r => r.State);
        });
        modelBuilder.Entity<DraftRow>().ToTable("draft").HasKey(r => new { r.Staff, r.Ticket, r.Editor });
        modelBuilder.Entity<CommandRow>(e =>
        {
            e.ToTable("command").HasKey(r => r.Seq);
            e.HasIndex(r => new { r.Done, r.Seq });
        });
        modelBuilder.Entity<FeedRow>(e =>
        {
            e.ToTable("feed").HasKey(r => r.Seq);
            e.HasIndex(r => r.Number).IsUnique();
        });
        modelBuilder.Entity<AuditRow>().ToTable("audit").HasKey(r => r.Seq);
        modelBuilder.Entity<StaffRow>(e =>
        {
            e.ToTable("staff").HasKey(r => r.Id);
            e.HasIndex(r => r.NormalizedEmail).IsUnique();
        });
        modelBuilder.Entity<SetupRow>().ToTable("setup").HasKey(r => r.Id);
    }

    private sealed class Milliseconds() : ValueConverter<DateTimeOffset, long>(
        at => at.ToUnixTimeMilliseconds(), ms => DateTimeOffset.FromUnixTimeMilliseconds(ms));
}
