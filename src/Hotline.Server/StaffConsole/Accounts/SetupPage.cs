using Hotline.Server.Desk;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using QRCoder;
using static Hotline.Server.StaffConsole.Accounts.AccountPage;

namespace Hotline.Server.StaffConsole.Accounts;

/// <summary>The first sign-in: e-mail, password, and the second factor as a picture and as text.</summary>
internal static class SetupPage
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/setup", async (string? code, StaffAccounts accounts, IAntiforgery antiforgery, HttpContext http) =>
            await accounts.IsSetupOpenAsync(code ?? "", http.RequestAborted)
                ? Form(code ?? "", "", Totp.NewSecret(), [], Token(antiforgery, http))
                : Html("First sign-in", "<p>This link has been used or is too old. Start the server again for a new one.</p>", 404)).AllowAnonymous();
        routes.MapPost("/setup", async ([AsParameters] Answer answer, StaffAccounts accounts, IAntiforgery antiforgery, HttpContext http) =>
        {
            var faults = await accounts.SetUpAsync(answer.Code, answer.Email, answer.Password, (answer.Secret, answer.Digits), http.RequestAborted);
            return faults.Count == 0 ? Results.Redirect("/sign-in") : Form(answer.Code, answer.Email, answer.Secret, faults, Token(antiforgery, http));
        }).AllowAnonymous();
    }

    private static IResult Form(string code, string email, string secret, IReadOnlyList<string> faults, string token) => Html(
        "First sign-in",
        $"""
        {Faults(faults)}
        <form method="post" action="/setup">{token}
        <input type="hidden" name="code" value="{E(code)}"><input type="hidden" name="secret" value="{E(secret)}">
        <label for="email">Your e-mail</label><input id="email" name="email" type="email" required autocomplete="username" value="{E(email)}">
        <label for="password">A password, at least 12 characters</label><input id="password" name="password" type="password" required minlength="12" autocomplete="new-password">
        <p id="how">Scan this picture with an authenticator app, or type the text below it into the app.</p>
        <img class="qr" alt="The secret of the second factor; the same is written below" src="{Picture(secret)}" width="220" height="220">
        <p><code class="secret" data-testid="secret">{E(string.Join(' ', secret.Chunk(4).Select(c => new string(c))))}</code></p>
        <label for="digits">The six digits that the app shows now</label><input id="digits" name="digits" inputmode="numeric" autocomplete="one-time-code" required pattern="[0-9 ]*" aria-describedby="how">
        <button type="submit">Make the account</button></form>
        """,
        faults.Count == 0 ? 200 : 400);

    private static string Picture(string secret)
    {
        using var data = QRCodeGenerator.GenerateQrCode($"otpauth://totp/Hotline?secret={secret}&issuer=Hotline", QRCodeGenerator.ECCLevel.M);
        using var png = new PngByteQRCode(data);
        return $"data:image/png;base64,{Convert.ToBase64String(png.GetGraphic(5))}";
    }

    internal sealed record Answer(
        [FromForm(Name = "code")] string Code,
        [FromForm(Name = "email")] string Email,
        [FromForm(Name = "password")] string Password,
        [FromForm(Name = "secret")] string Secret,
        [FromForm(Name = "digits")] string Digits);
}
