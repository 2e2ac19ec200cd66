using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Hotline.Server.Tests.Channels.Twilio.Fake;

/// <summary>The Messages API of the fake: checks in the order of the real one, with its error codes.</summary>
internal static partial class FakeTwilioApi
{
    private static readonly HashSet<string> Fields =
    [
        "To", "From", "MessagingServiceSid", "Body", "MediaUrl", "ContentSid", "ContentVariables", "StatusCallback", "ValidityPeriod",
        "SendAt", "ScheduleType", "SmartEncoded", "ShortenUrls", "SendAsMms", "PersistentAction", "RiskCheck", "TrafficType",
        "ContentRetention", "AddressRetention", "ProvideFeedback", "Attempt", "ForceDelivery", "ApplicationSid", "FallbackFrom",
    ];

    public static void Map(WebApplication app, FakeTwilio fake)
    {
        app.MapGet("/2010-04-01/Accounts/{account}.json", (string account, HttpContext http) =>
            Refusal(fake, account, http) ?? Results.Json(new JsonObject { ["sid"] = account, ["status"] = "active" }));
        app.MapGet("/2010-04-01/Accounts/{account}/IncomingPhoneNumbers.json", (string account, HttpContext http) =>
            Refusal(fake, account, http) ?? Results.Json(new JsonObject
            {
                ["incoming_phone_numbers"] = new JsonArray(
                    [.. fake.Numbers.Where(n => n.Key == http.Request.Query["PhoneNumber"]).Select(n => n.Value.DeepClone())]),
            }));
        app.MapPost("/2010-04-01/Accounts/{account}/Messages.json", (string account, HttpContext http) => CreateAsync(fake, account, http));
        app.MapGet("/2010-04-01/Accounts/{account}/Messages.json", (string account, HttpContext http) => List(fake, account, http));
        app.MapGet("/2010-04-01/Accounts/{account}/Messages/{sid}.json", (string account, string sid, HttpContext http) =>
            Refusal(fake, account, http) ?? (Find(fake, sid) is { } message ? Results.Json(message.ToJson()) : Error(404, 20404)));
        app.MapPost("/2010-04-01/Accounts/{account}/Messages/{sid}.json", (string account, string sid, HttpContext http) => ChangeAsync(fake, account, sid, http));
        app.MapDelete("/2010-04-01/Accounts/{account}/Messages/{sid}.json", (string account, string sid, HttpContext http) =>
            Refusal(fake, account, http) ?? (fake.Remove(sid) ? Results.NoContent() : Error(404, 20404)));
    }

    private static async Task<IResult> CreateAsync(FakeTwilio fake, string account, HttpContext http)
    {
        var request = await ReadAsync(http);
        fake.Record(request);
        if (Refusal(fake, account, http) is { } refusal)
            return refusal;

        if (fake.Troubles.TryDequeue(out var trouble))
            return await TroubleAsync(fake, trouble, request, http);

        return Check(fake, request) is { } code ? Error(400, code) : Results.Json(fake.Accept(request).ToJson(), statusCode: 201);
    }

    private static async Task<IResult> TroubleAsync(FakeTwilio fake, FakeTrouble trouble, FakeRequest request, HttpContext http)
    {
        if (trouble is FakeTrouble.Refuse refuse)
        {
            if (refuse.RetryAfterSeconds is { } seconds)
                http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return Error(refuse.Status, refuse.Code);
        }

        if (trouble is FakeTrouble.Late late && Check(fake, request) is null)
        {
            var accepted = fake.Accept(request);
            await late.Until;
            return Results.Json(accepted.ToJson(), statusCode: 201);
        }

        if (trouble is FakeTrouble.ServerError { Accepted: true } or FakeTrouble.Hang { Accepted: true } or FakeTrouble.Drop { Accepted: true } && Check(fake, request) is null)
            fake.Accept(request);

        switch (trouble)
        {
            case FakeTrouble.Hang:
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return Results.StatusCode(504);
            case FakeTrouble.Drop:
                http.Abort();
                return Results.Empty;
            default:
                return Error(500, 20500);
        }
    }

    /// <summary>The code with which this message is refused, if it is.</summary>
    private static int? Check(FakeTwilio fake, FakeRequest request)
    {
        if (request.Form.Any(p => !Fields.Contains(p.Key)) || request.Form.GroupBy(p => p.Key).Any(g => g.Count() > 1 && g.Key != "MediaUrl"))
            return 20001;
        if (string.IsNullOrEmpty(request["To"]))
            return 21604;
        if (!Address().IsMatch(request["To"]!))
            return 21211;
        if (string.IsNullOrEmpty(request["From"]) && string.IsNullOrEmpty(request["MessagingServiceSid"]))
            return 21603;
        if (string.IsNullOrEmpty(request["Body"]) && request["MediaUrl"] is null && request["ContentSid"] is null)
            return 21602;
        if (request["Body"]?.Length > 1600)
            return 21617;
        if (request["StatusCallback"] is { } callback
            && (!Uri.TryCreate(callback, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Contains('_', StringComparison.Ordinal)))
            return 21609;
        return fake.OptedOut.ContainsKey(request["To"]!) ? 21610 : null;
    }

    private static IResult List(FakeTwilio fake, string account, HttpContext http)
    {
        var query = http.Request.Query;
        fake.Record(new("GET", http.Request.Path + http.Request.QueryString, []));
        if (Refusal(fake, account, http) is { } refusal)
            return refusal;
        if (fake.ListsFail)
            return Error(503, 20503);

        var size = Math.Clamp(int.TryParse(query["PageSize"], CultureInfo.InvariantCulture, out var asked) ? asked : 50, 1, fake.LargestPage);
        var page = int.TryParse(query["Page"], CultureInfo.InvariantCulture, out var at) ? at : 0;
        var found = fake.Messages.Reverse()
            .Where(m => !query.ContainsKey("To") || query["To"] == m.To)
            .Where(m => !query.ContainsKey("From") || query["From"] == m.From)
            .Where(m => Sent(m, query["DateSent>"], (sent, from) => sent >= from) && Sent(m, query["DateSent<"], (sent, until) => sent <= until)
                && Sent(m, query["DateSent"], (sent, day) => sent?.UtcDateTime.Date == day.UtcDateTime.Date))
            .ToList();
        var rest = string.Join('&', query.Where(q => q.Key is not ("Page" or "PageToken" or "PageSize")).Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value.ToString())}"));
        var next = (page + 1) * size < found.Count ? $"{http.Request.Path}?{rest}&PageSize={size}&Page={page + 1}&PageToken=PA{page + 1}" : null;
        return Results.Json(new JsonObject
        {
            ["messages"] = new JsonArray([.. found.Skip(page * size).Take(size).Select(m => (JsonNode)m.ToJson())]),
            ["page"] = page,
            ["page_size"] = size,
            ["next_page_uri"] = next,
            ["uri"] = http.Request.Path + http.Request.QueryString,
        });
    }

    /// <summary>A message without a date of sending is in no filtered list.</summary>
    private static bool Sent(FakeMessage message, string? bound, Func<DateTimeOffset?, DateTimeOffset, bool> holds) =>
        bound is null || (message.Sent is { } sent && holds(sent, DateTimeOffset.Parse(bound, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)));

    private static async Task<IResult> ChangeAsync(FakeTwilio fake, string account, string sid, HttpContext http)
    {
        var request = await ReadAsync(http);
        fake.Record(request);
        if (Refusal(fake, account, http) is { } refusal)
            return refusal;
        if (Find(fake, sid) is not { } message)
            return Error(404, 20404);
        if (request["Body"] is not (null or "") || request["Status"] is not (null or "canceled"))
            return Error(400, 20001);

        fake.Change(message, request["Body"], request["Status"]);
        return Results.Json(message.ToJson());
    }

    private static async Task<FakeRequest> ReadAsync(HttpContext http)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty;
        return new(http.Request.Method, http.Request.Path + http.Request.QueryString, [.. form.SelectMany(f => f.Value.Select(v => KeyValuePair.Create(f.Key, v ?? "")))]);
    }

    private static IResult? Refusal(FakeTwilio fake, string account, HttpContext http)
    {
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{fake.AccountSid}:{fake.AuthToken}"));
        return http.Request.Headers.Authorization != $"Basic {basic}" ? Error(401, 20003) : account != fake.AccountSid ? Error(404, 20404) : null;
    }

    private static FakeMessage? Find(FakeTwilio fake, string sid) => fake.Messages.FirstOrDefault(m => m.Sid == sid);

    private static IResult Error(int status, int code) => Results.Json(
        new JsonObject { ["code"] = code, ["message"] = "refused by the fake", ["more_info"] = $"https://www.twilio.com/docs/errors/{code}", ["status"] = status }, statusCode: status);

    [GeneratedRegex(@"^((whatsapp:)?\+[1-9][0-9]{6,14}|[0-9]{3,8}|[A-Za-z0-9 ]{1,11})$")]
    private static partial Regex Address();
}
