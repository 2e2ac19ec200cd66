using Hotline.Server.Cases;
using Hotline.Server.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Hotline.Server.Desk;

internal static class DeskSetup
{
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddSection<DeskOptions>(DeskOptions.Section).AddSingleton<IValidateOptions<DeskOptions>, DeskOptionsCheck>();
        services.AddSingleton<DeskRules>();
        services.AddSingleton<CourierWatch>();
        services.AddSingleton<DeskCourier>();
        services.AddHostedService(provider => provider.GetRequiredService<DeskCourier>());
        services.AddSingleton<TicketDesk>();
        services.AddSingleton<Drafts>();
        services.AddHostedService(provider => provider.GetRequiredService<Drafts>());
        services.AddIdentityCore<StaffRow>(identity =>
        {
            identity.Password.RequiredLength = 12;
            identity.Password.RequireNonAlphanumeric = false;
            identity.Password.RequireUppercase = false;
            identity.Password.RequireDigit = false;
            identity.Lockout.MaxFailedAccessAttempts = 5;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            identity.User.RequireUniqueEmail = true;
            identity.User.AllowedUserNameCharacters = "";
        });
        services.AddScoped<StaffStore>();
        services.AddScoped<IUserStore<StaffRow>>(provider => provider.GetRequiredService<StaffStore>());
        services.AddScoped<StaffAccounts>();
        return services;
    }

    /// <summary>Makes the account of Development, or the code of the first sign-in: the address to open, or <c>null</c>.</summary>
    public static async Task<string?> FirstSignInAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<StaffAccounts>();
        if (app.Services.GetRequiredService<DeskOptions>().FirstAdmin is { } admin)
        {
            await accounts.AddFirstAdminAsync(admin, CancellationToken.None);
        }

        return await accounts.NewSetupCodeAsync(CancellationToken.None) is { } code ? $"/setup?code={code}" : null;
    }

    /// <summary>For a lost second factor of the only account. Audited.</summary>
    public static async Task ResetFirstSignInAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<StaffAccounts>().ResetFirstSignInAsync(CancellationToken.None);
    }
}
