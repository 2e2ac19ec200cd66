using System.Globalization;
using System.Text.Json.Serialization;

namespace Hotline.Server.Channels.Twilio;

/// <summary>A message as the Messages API shows it: only what we read.</summary>
internal sealed record TwilioMessage
{
    public string Sid { get; init; } = "";

    public string? From { get; init; }

    public string? To { get; init; }

    public string? Body { get; init; }

    public string? NumMedia { get; init; }

    public string? Direction { get; init; }

    public string? MessagingServiceSid { get; init; }

    /// <summary>RFC 2822, to the second.</summary>
    public string? DateCreated { get; init; }

    public DateTimeOffset? Created =>
        DateTimeOffset.TryParse(DateCreated, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}

internal sealed record TwilioMessagePage
{
    public IReadOnlyList<TwilioMessage> Messages { get; init; } = [];

    /// <summary>Path and query of the next page, below the API's address.</summary>
    public string? NextPageUri { get; init; }
}

internal sealed record TwilioError
{
    public int? Code { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TwilioMessage))]
[JsonSerializable(typeof(TwilioMessagePage))]
[JsonSerializable(typeof(TwilioError))]
internal sealed partial class TwilioJson : JsonSerializerContext;
