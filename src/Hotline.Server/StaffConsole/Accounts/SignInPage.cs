using System.Security.Claims;
using Hotline.Server.Desk;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using static Hotline.Server.StaffConsole.Accounts.AccountPage;

namespace Hotline.Server.StaffConsole.Accounts;

/// <summary>Sign-in with e-mail, password and code; sign-out. Every failure has the same words.</summary>
internal static class SignInPage
{
    public const string StampClaim = "stamp";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", (IAntiforgery antiforgery, HttpContext http) => Form([], Token(antiforgery, http))).AllowAnonymous();
        routes.MapPost("/sign-in", async ([AsParameters] Answer answer, StaffAccounts accounts, IAntiforgery antiforgery, HttpContext http) =>
        {
            if (await accounts.SignInAsync(answer.Email, answer.Password, answer.Digits, http.RequestAborted) is not { } user)
            {
                return Form(["That did not fit, or the account is locked for a while. A code works once: wait for the next one."], Token(antiforgery, http));
            }

            var identity = new ClaimsIdentity(
                [new(ClaimTypes.NameIdentifier, user.Id), new(ClaimTypes.Name, user.Email), new(ClaimTypes.Role, user.Role), new(StampClaim, user.Stamp)],
                StaffConsoleSetup.Scheme);
            await http.SignInAsync(StaffConsoleSetup.Scheme, new ClaimsPrincipal(identity));
            return Results.Redirect("/");
        }).AllowAnonymous();
        routes.MapPost("/sign-out", async (IAntiforgery antiforgery, HttpContext http) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http))
            {
                return Results.BadRequest();
            }

            await http.SignOutAsync(StaffConsoleSetup.Scheme);
            return Results.Redirect("/sign-in");
        });
    }

    private static IResult Form(IReadOnlyList<string> faults, string token) => Html(
        "Sign in",
        $"""
        {Faults(faults)}
        <form method="post" action="/sign-in">{token}
        <label for="email">E-mail</label><input id="email" name="email" type="email" required autocomplete="username">
        <label for="password">Password</label><input id="password" name="password" type="password" required autocomplete="current-password">
        <label for="digits">Six digits of your authenticator</label><input id="digits" name="digits" inputmode="numeric" autocomplete="one-time-code" required>
        <button type="submit">Sign in</button></form>
        """,
        faults.Count == 0 ? 200 : 401);

    internal sealed record Answer(
        [FromForm(Name = "email")] string Email,
        [FromForm(Name = "password")] string Password,
        [FromForm(Name = "digits")] string Digits);
}
