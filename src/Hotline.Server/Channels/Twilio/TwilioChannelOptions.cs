namespace Hotline.Server.Channels.Twilio;

/// <summary>One number or Messaging Service. A WhatsApp number is a channel of its own.</summary>
internal sealed class TwilioChannelOptions
{
    /// <summary>Stands in the webhook's address and in every conversation: <c>sms-th</c>.</summary>
    public string Name { get; set; } = "";

    public string AccountSid { get; set; } = "";

    /// <summary>Signs our calls and is accepted on theirs.</summary>
    public string AuthToken { get; set; } = "";

    /// <summary>Also accepted on webhooks, for the time of a rotation.</summary>
    public IList<string> OtherAuthTokens { get; init; } = [];

    /// <summary><c>+66…</c>, <c>whatsapp:+66…</c> or a short code.</summary>
    public string? From { get; set; }

    public string? MessagingServiceSid { get; set; }

    /// <summary>Base of the address that Twilio calls and signs, such as <c>https://line.example.org</c>.</summary>
    public string PublicUrl { get; set; } = "";

    public string ApiUrl { get; set; } = "https://api.twilio.com";

    /// <summary>Segments a second that we hand over. 0 = as fast as we can; Twilio queues by itself.</summary>
    public double MessagesPerSecond { get; set; }

    /// <summary>Segments a day (UTC) after which texts that may be capped stop. 0 = no cap.</summary>
    public int DailySegments { get; set; }

    /// <summary>Neutral text for a person who writes while nothing can be stored. Empty = none.</summary>
    public string? OutageText { get; set; }

    public bool IsWhatsApp => From?.StartsWith("whatsapp:", StringComparison.OrdinalIgnoreCase) == true;
}
