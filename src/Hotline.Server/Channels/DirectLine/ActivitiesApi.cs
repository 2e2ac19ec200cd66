using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Hotline.Conversations;
using Hotline.Server.Turns;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>Reading activities, and posting them.</summary>
internal sealed class ActivitiesApi(TurnHandler turns, ChatLog log, ChatAccess access, ChatPaces paces, LiveSockets sockets)
{
    public async Task<IResult> GetAsync(HttpRequest request, string id)
    {
        if (access.Check(request, id) is Access.Refused refused)
        {
            return refused.Answer;
        }

        if (ChatLog.ReadWatermark(request.Query["watermark"]) is not { } watermark)
        {
            return WireError.BadArgument("watermark is not one of ours");
        }

        try
        {
            var set = await log.ReadAsync(id, watermark, request.HttpContext.RequestAborted);
            return set.Watermark == watermark && !await log.ExistsAsync(id, request.HttpContext.RequestAborted)
                ? WireError.NoConversation
                : Json(set.Json);
        }
        catch (StoreUnavailableException)
        {
            // A client that polls never recovers from an error.
            return Json(ChatLog.Empty(watermark));
        }
    }

    public async Task<IResult> PostAsync(HttpRequest request, string id)
    {
        if (access.Check(request, id, out var granted) is { } refusal)
        {
            return refusal;
        }

        var (body, fault) = await RequestBody.ReadAsync(request, 4 * PostedActivity.MaxActivity);
        if (body is null)
        {
            return fault ?? WireError.TooBig;
        }

        if (System.Text.Encoding.UTF8.GetCharCount(body) > PostedActivity.MaxActivity)
        {
            return WireError.TooBig;
        }

        return WireJson.ReadObject(body) is not { } json ? WireError.BadSyntax
            : PostedActivity.Read(json, granted?.User, out fault) is { } activity ? await TakeAsync(id, activity, 0, request.HttpContext.RequestAborted)
            : fault!;
    }

    /// <summary>Takes a checked activity: a message is a turn, typing is shown, anything else is kept and echoed.</summary>
    public async Task<IResult> TakeAsync(string conversation, PostedActivity activity, int media, CancellationToken ct)
    {
        await paces.Posts.WaitAsync(conversation, ct);
        var repeatId = activity.ClientId ?? RandomNumberGenerator.GetHexString(32, lowercase: true);

        // Once it is taken it is finished, also when the client hangs up.
        var index = activity.Type switch
        {
            "message" => await TurnAsync(conversation, activity, repeatId, media),
            "typing" => Show(conversation, activity),
            "conversationUpdate" => 0,
            _ => await KeepAsync(conversation, activity, repeatId),
        };
        return index is { } known
            ? WireAnswer.Ok(new JsonObject { ["id"] = ActivityLog.IdOf(conversation, known) })
            : WireError.NoConversation;
    }

    private async Task<long?> TurnAsync(string conversation, PostedActivity activity, string repeatId, int media)
    {
        var input = new TurnInput.MessageReceived(repeatId, activity.Text)
        {
            MediaCount = media,
            Wire = activity.Wire(),
            Proposed = activity.Locale,
        };
        return await turns.HandleAsync(new(ChatLog.Channel, ChatLog.UrnOf(conversation), input), CancellationToken.None) switch
        {
            TurnOutcome.Done done => done.FirstLogIndex,
            TurnOutcome.Repeated repeated => repeated.FirstLogIndex,
            _ => 0,
        };
    }

    private long Show(string conversation, PostedActivity activity)
    {
        var shown = activity.Json.DeepClone().AsObject();
        shown["id"] = $"{conversation}|typing-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        shown["timestamp"] = log.Now.UtcDateTime.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        shown["channelId"] = ChatLog.Channel;
        shown["conversation"] = new JsonObject { ["id"] = conversation };
        sockets.Show(log.AddressOf(conversation).Contact, WireJson.Write(new JsonObject { ["activities"] = new JsonArray(shown) }));
        return 0;
    }

    private async Task<long?> KeepAsync(string conversation, PostedActivity activity, string repeatId)
    {
        if (!await log.ExistsAsync(conversation, CancellationToken.None))
        {
            return null;
        }

        var entry = ActivityLog.Entry(activity.Json.DeepClone().AsObject(), log.Now, 0);
        var index = await log.AppendAsync(conversation, entry, repeatId, CancellationToken.None);
        sockets.Wake(log.AddressOf(conversation).Contact);
        return index;
    }

    private static RawJson Json(byte[] json) => new(json);
}
