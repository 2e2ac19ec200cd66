using System.Security.Claims;
using Hotline.Server.Desk;
using Hotline.Server.StaffConsole.Accounts;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace Hotline.Server.StaffConsole;

/// <summary>Asks again and again whether the account behind an open page still counts: a page may stay open for a day, and no request checks its cookie.</summary>
internal sealed class LiveIdentity(ILoggerFactory logs, IServiceScopeFactory scopes) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var user = authenticationState.User;
        return await scope.ServiceProvider.GetRequiredService<StaffAccounts>().IsCurrentAsync(
            user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", user.FindFirstValue(SignInPage.StampClaim) ?? "");
    }
}
