using System.Globalization;
using System.Text.Json.Nodes;

namespace Hotline.Server.Tests.Channels.Twilio.Fake;

/// <summary>A message as the fake provider holds it.</summary>
public sealed class FakeMessage
{
    public required string Sid { get; init; }

    public required string AccountSid { get; init; }

    public required string To { get; init; }

    public string? From { get; init; }

    public string? MessagingServiceSid { get; init; }

    public required string Body { get; set; }

    public required bool Inbound { get; init; }

    public required DateTimeOffset Created { get; init; }

    public int Media { get; init; }

    public string? StatusCallback { get; init; }

    public string Status { get; set; } = "queued";

    public int? ErrorCode { get; set; }

    /// <summary>A message that still waits has no date of sending.</summary>
    public DateTimeOffset? Sent => Inbound || Status is "sent" or "delivered" or "undelivered" or "read" ? Created : null;

    public JsonObject ToJson() => new()
    {
        ["sid"] = Sid,
        ["account_sid"] = AccountSid,
        ["api_version"] = "2010-04-01",
        ["body"] = Body,
        ["date_created"] = Rfc2822(Created),
        ["date_updated"] = Rfc2822(Created),
        ["date_sent"] = Sent is { } sent ? Rfc2822(sent) : null,
        ["direction"] = Inbound ? "inbound" : "outbound-api",
        ["error_code"] = ErrorCode,
        ["error_message"] = null,
        ["from"] = From,
        ["messaging_service_sid"] = MessagingServiceSid,
        ["num_media"] = Media.ToString(CultureInfo.InvariantCulture),
        ["num_segments"] = "1",
        ["price"] = null,
        ["price_unit"] = "USD",
        ["status"] = Status,
        ["subresource_uris"] = new JsonObject { ["media"] = $"/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}/Media.json" },
        ["to"] = To,
        ["uri"] = $"/2010-04-01/Accounts/{AccountSid}/Messages/{Sid}.json",
    };

    private static string Rfc2822(DateTimeOffset at) => at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
}
