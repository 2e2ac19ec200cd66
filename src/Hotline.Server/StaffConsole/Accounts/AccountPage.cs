using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;

namespace Hotline.Server.StaffConsole.Accounts;

/// <summary>The few pages that a signed-out person may see: plain HTML, no script.</summary>
internal static class AccountPage
{
    public static IResult Html(string title, string body, int status = 200) => Results.Content(
        $"""
        <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex"><title>{E(title)}</title><link rel="stylesheet" href="/console.css"></head>
        <body><main class="narrow"><h1>{E(title)}</h1>{body}</main></body></html>
        """,
        "text/html; charset=utf-8",
        statusCode: status);

    public static string Token(IAntiforgery antiforgery, HttpContext http)
    {
        var tokens = antiforgery.GetAndStoreTokens(http);
        return $"""<input type="hidden" name="{tokens.FormFieldName}" value="{E(tokens.RequestToken ?? "")}">""";
    }

    public static string Faults(IReadOnlyList<string> faults) =>
        faults.Count == 0 ? "" : $"""<div role="alert" class="fault"><ul>{string.Concat(faults.Select(f => $"<li>{E(f)}</li>"))}</ul></div>""";

    public static string E(string text) => HtmlEncoder.Default.Encode(text);
}
