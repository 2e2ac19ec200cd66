using System.Globalization;
using Hotline.Conversations;
using Hotline.Server.Turns;

namespace Hotline.Server.Channels.Twilio;

/// <summary>
/// Delivery reports. They come unordered, doubled or never; a status only moves forward. A report that carries our
/// part's id also proves that the part is out, whatever became of the answer to its request.
/// </summary>
internal sealed class TwilioStatusHook(TwilioLines lines, TurnHandler turns, IConversationStore store, TwilioWatch watch)
{
    public async Task<IResult> ReceiveAsync(string channel, string? part, HttpContext http)
    {
        if (lines.Find(channel) is not { } line)
            return Results.StatusCode(StatusCodes.Status404NotFound);

        var form = await CheckedForm.ReadAsync(http, line);
        if (form.Refusal == StatusCodes.Status403Forbidden)
            return Forged(channel);
        if (form.Refusal != 0 || TwilioReport.Read(form.Pairs) is not { } report)
            return BadForm(channel);
        if (report.AccountSid != line.Options.AccountSid)
            return Forged(channel);

        // a report without our part's id belongs to a text that somebody sent past us
        if (OutboundPart.ReadPartId(part) is { } id && report.Status is { } status)
        {
            try
            {
                await RecordAsync(id.Message, id.Part, status, report);
            }
            catch (StoreUnavailableException)
            {
                watch.Log.ReportNotStored(channel, OwnId(id.Message, id.Part));
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }
        }

        return TwiMl.Answer(TwiMl.Empty);
    }

    private async Task RecordAsync(EventId message, int part, DeliveryStatus status, TwilioReport report)
    {
        var recorded = await store.RecordStatusAsync(message, part, status, report.Code, report.Sid, watch.Time.GetUtcNow(), CancellationToken.None);
        if (recorded is { Status: DeliveryStatus.Failed or DeliveryStatus.Undelivered })
        {
            var failed = new TurnInput.DeliveryFailed(message, report.Code, report.Code == TwilioErrors.OptedOut);
            await turns.HandleAsync(recorded.Address, failed, CancellationToken.None);
        }
    }

    private static string OwnId(EventId message, int part) => string.Create(CultureInfo.InvariantCulture, $"{message.Value}-{part}");

    private IResult Forged(string channel)
    {
        watch.Forged(channel);
        return Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    private IResult BadForm(string channel)
    {
        watch.BadForm(channel);
        return Results.StatusCode(StatusCodes.Status400BadRequest);
    }
}
