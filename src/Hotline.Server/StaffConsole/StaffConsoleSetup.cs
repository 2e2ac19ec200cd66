using System.Security.Claims;
using Hotline.Server.Desk;
using Hotline.Server.Hosting;
using Hotline.Server.StaffConsole.Accounts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Authorization;

namespace Hotline.Server.StaffConsole;

internal static class StaffConsoleSetup
{
    public const string Scheme = "staff";

    public static IServiceCollection AddStaffConsole(this IServiceCollection services)
    {
        services.AddAuthentication(Scheme).AddCookie(Scheme, cookie =>
        {
            cookie.Cookie.Name = "hotline-staff";
            cookie.Cookie.SameSite = SameSiteMode.Strict;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(1);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = "/sign-in";
            cookie.ReturnUrlParameter = "from";
            cookie.Events.OnValidatePrincipal = async context =>
            {
                var accounts = context.HttpContext.RequestServices.GetRequiredService<StaffAccounts>();
                var user = context.Principal;
                if (user is null || !await accounts.IsCurrentAsync(
                    user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "", user.FindFirstValue(SignInPage.StampClaim) ?? ""))
                {
                    context.RejectPrincipal();
                    await context.HttpContext.SignOutAsync(Scheme);
                }
            };
        });
        services.AddAuthorization();
        services.AddAntiforgery(a =>
        {
            a.Cookie.Name = "hotline-form";
            a.Cookie.SameSite = SameSiteMode.Strict;
        });
        services.AddCascadingAuthenticationState();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddScoped<AuthenticationStateProvider, LiveIdentity>();
        return services;
    }

    public static WebApplication MapStaffConsole(this WebApplication app)
    {
        app.UseWhen(http => http.Features.Get<ListenerTag>() == ListenerTag.Staff, staff => staff.Use((http, next) =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
                + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'";
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-store";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            return next(http);
        }));
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        var staff = app.MapGroup("").Behind(ListenerTag.Staff);
        SetupPage.Map(staff);
        SignInPage.Map(staff);
        StaffFeed.Map(staff);
        staff.MapGet("/console.css", () => Asset("console.css", "text/css")).AllowAnonymous();
        staff.MapGet("/console.js", () => Asset("console.js", "text/javascript")).AllowAnonymous();
        app.MapStaticAssets().Behind(ListenerTag.Staff);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().RequireAuthorization().Behind(ListenerTag.Staff);
        return app;
    }

    private static IResult Asset(string name, string type) => Results.Stream(
        typeof(StaffConsoleSetup).Assembly.GetManifestResourceStream($"console/{name}") ?? throw new InvalidOperationException("the file is part of the program"),
        $"{type}; charset=utf-8");
}
