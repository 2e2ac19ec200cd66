using Hotline.Conversations;
using Hotline.Server.Turns;

namespace Hotline.Server.Channels.Twilio;

/// <summary>
/// A person's message, as Twilio posts it. Size → signature → form → ours? → turn. 200 only after the message is durable,
/// by commit or by spool; a forgery reaches neither.
/// </summary>
internal sealed class TwilioWebhook(TwilioLines lines, TurnHandler turns, InboundSpool spool, IConversationStore store, TwilioWatch watch)
{
    public async Task<IResult> ReceiveAsync(string channel, HttpContext http)
    {
        if (lines.Find(channel) is not { } line)
            return Results.StatusCode(StatusCodes.Status404NotFound);

        var form = await CheckedForm.ReadAsync(http, line);
        if (form.Refusal != 0)
            return Refuse(form.Refusal, channel);

        return TwilioInbound.Decide(line.Options, form.Pairs) switch
        {
            InboundDecision.Run run => await AcceptAsync(line, run.Request, (TurnInput.MessageReceived)run.Request.Input),
            InboundDecision.NotOurs => Refuse(StatusCodes.Status403Forbidden, channel),
            _ => Refuse(StatusCodes.Status400BadRequest, channel),
        };
    }

    /// <summary>Runs to its end even when the provider has hung up: the message is here, and a commit that nobody hears of is recognised later.</summary>
    private async Task<IResult> AcceptAsync(TwilioLine line, TurnRequest request, TurnInput.MessageReceived message)
    {
        if (!spool.MustWait(request))
        {
            try
            {
                await turns.HandleAsync(request, CancellationToken.None);
                line.Recent.Add(message.MessageId);
                line.Outage.End();
                return TwiMl.Answer(TwiMl.Empty);
            }
            catch (StoreUnavailableException)
            {
                return await SpoolAsync(line, request, message, storeIsUp: false);
            }
#pragma warning disable CA1031 // whatever it is, the message is here: it is parked, tried again, and never lost by a 500
            catch (Exception e)
            {
                watch.Log.TurnBroke(line.Options.Name, message.MessageId, e.GetType().Name);
                return await SpoolAsync(line, request, message, storeIsUp: false);
            }
#pragma warning restore CA1031
        }

        // others wait already: the order of acknowledgement is the order of the turns
        return await SpoolAsync(line, request, message, await store.IsAvailableAsync(CancellationToken.None));
    }

    private async Task<IResult> SpoolAsync(TwilioLine line, TurnRequest request, TurnInput.MessageReceived message, bool storeIsUp)
    {
        try
        {
            await spool.SpoolAsync(request, CancellationToken.None);
        }
#pragma warning disable CA1031 // disk, rights or key ring: it is not durable, and the provider must hear so
        catch (Exception e)
        {
            watch.Log.NotDurable(line.Options.Name, message.MessageId, e.GetType().Name);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
#pragma warning restore CA1031

        watch.Log.Spooled(line.Options.Name, message.MessageId);
        return TwiMl.Answer(storeIsUp ? TwiMl.Empty : line.Outage.Answer(request.Address, message.ProviderAnswersOptOut));
    }

    private IResult Refuse(int status, string channel)
    {
        if (status == StatusCodes.Status403Forbidden)
            watch.Forged(channel);
        else
            watch.BadForm(channel);
        return Results.StatusCode(status);
    }
}
