using System.Globalization;
using Hotline.Server.Turns;

namespace Hotline.Server.Channels.Twilio;

/// <param name="Status"><c>null</c>: a status that we do not know; there is nothing to record.</param>
internal sealed record TwilioReport(string Sid, string AccountSid, DeliveryStatus? Status, int? Code)
{
    /// <summary><c>null</c> when the form is no delivery report.</summary>
    public static TwilioReport? Read(IReadOnlyList<FormPair> form)
    {
        if (!TwilioInbound.TryReadSingles(form, out var values)
            || !values.TryGetValue("MessageSid", out var sid) || !TwilioInbound.IsId(sid)
            || !values.TryGetValue("MessageStatus", out var status))
            return null;

        int? code = int.TryParse(values.GetValueOrDefault("ErrorCode"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        return new(sid, values.GetValueOrDefault("AccountSid", ""), ReadStatus(status), code);
    }

    private static DeliveryStatus? ReadStatus(string status) => status switch
    {
        "accepted" or "scheduled" => DeliveryStatus.Accepted,
        "queued" => DeliveryStatus.Queued,
        "sending" => DeliveryStatus.Sending,
        "sent" => DeliveryStatus.Sent,
        "delivered" => DeliveryStatus.Delivered,
        "undelivered" => DeliveryStatus.Undelivered,
        "failed" => DeliveryStatus.Failed,
        "canceled" => DeliveryStatus.Canceled,
        "read" => DeliveryStatus.Read,
        _ => null,
    };
}
