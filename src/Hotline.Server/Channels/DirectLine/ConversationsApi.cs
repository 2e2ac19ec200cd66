using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Server.Turns;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>Starting a conversation, and coming back to it.</summary>
internal sealed class ConversationsApi(TurnHandler turns, ChatLog log, ChatAccess access, ChatGrants grants, ChatPaces paces)
{
    /// <summary>201 when it is new, 200 when the token's conversation was there. Greets, once.</summary>
    public async Task<IResult> StartAsync(HttpRequest request)
    {
        if (access.Check(request, null, out var granted) is { } refusal)
        {
            return refusal;
        }

        var (parameters, fault) = await TokenParameters.ReadAsync(request);
        if (fault is not null)
        {
            return fault;
        }

        var conversation = granted?.Conversation ?? DirectLineTokens.NewConversationId();
        var user = granted?.User ?? parameters.User;
        var origins = granted?.Origins ?? parameters.TrustedOrigins;
        var isNew = await OpenAsync(conversation, parameters.Locale, request.HttpContext.RequestAborted);
        return new WireAnswer(isNew ? 201 : 200, grants.Stream(request, conversation, user, origins, 0));
    }

    /// <summary>A new address of the stream. Without a watermark everything comes again, so that a greeting is never lost.</summary>
    public async Task<IResult> ReconnectAsync(HttpRequest request, string id)
    {
        if (access.Check(request, id, out var granted) is { } refusal)
        {
            return refusal;
        }

        if (ChatLog.ReadWatermark(request.Query["watermark"]) is not { } watermark)
        {
            return WireError.BadArgument("watermark is not one of ours");
        }

        await paces.Posts.WaitAsync(id, request.HttpContext.RequestAborted);
        return await log.ExistsAsync(id, request.HttpContext.RequestAborted)
            ? WireAnswer.Ok(grants.Stream(request, id, granted?.User, granted?.Origins ?? [], watermark))
            : WireError.NoConversation;
    }

    /// <summary>Begins and greets. <c>false</c>: it was there.</summary>
    private async Task<bool> OpenAsync(string conversation, string? locale, CancellationToken ct)
    {
        if (await log.ExistsAsync(conversation, ct))
        {
            return false;
        }

        await turns.HandleAsync(
            new(ChatLog.Channel, ChatLog.UrnOf(conversation), new TurnInput.ConversationOpened(LanguageTag.FromLocale(locale))), ct);
        return true;
    }
}
