using Hotline.Server.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Hotline.Server.Cases;

internal static class CasesSetup
{
    public static IServiceCollection AddCases(this IServiceCollection services)
    {
        services.AddDbContextFactory<CasesDb>((provider, options) => Configure(options, provider.GetRequiredService<DataOptions>().Under("cases.db")));
        services.AddSingleton<CaseFeed>();
        services.AddSingleton<CaseIntake>();
        return services;
    }

    public static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string file) => options
        .UseSqlite($"Data Source={file};Default Timeout=5")
        // the migrations are written by hand; there is no generated snapshot to compare with
        .ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));

    /// <summary>Brings the database to the form that this server knows. Before anything listens.</summary>
    public static async Task UpgradeCasesAsync(this WebApplication app)
    {
        await using var db = await app.Services.GetRequiredService<IDbContextFactory<CasesDb>>().CreateDbContextAsync();
        await db.Database.MigrateAsync();
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
        await app.Services.GetRequiredService<CaseFeed>().NumberAsync(CancellationToken.None);
    }
}
