using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>
/// How our own page opens a chat and finds it again after a reload or a phone's sleep: one call gives everything, and a
/// key for the next time. A key works once. "Once" is per nonce, which the page draws and keeps before it calls: the
/// same call repeated on a bad line is the same use, and a copied key is not.
/// </summary>
internal sealed class ResumeApi(ChatPaces paces, ChatLog log, DirectLineTokens tokens, ChatGrants grants, SiteRules sites)
{
    public async Task<IResult> OpenAsync(HttpRequest request)
    {
        if (!sites.IsOwn(request))
        {
            return WireError.WrongOrigin;
        }

        var (body, fault) = await RequestBody.ReadAsync(request, 8 * 1024);
        if (body is null)
        {
            return fault ?? WireError.TooBig;
        }

        if (WireJson.ReadObject(body) is not { } json)
        {
            return WireError.BadSyntax;
        }

        return WireJson.Text(json, "key") is { Length: > 0 } key
            ? await ResumeAsync(request, json, key)
            : await BeginAsync(request);
    }

    /// <summary>Only an id: the conversation begins, and is greeted, with the person's first words or their choice of language.</summary>
    private async Task<IResult> BeginAsync(HttpRequest request)
    {
        await paces.OpenAsync(request);
        return Grant(request, DirectLineTokens.NewConversationId(), 201, 0);
    }

    private async Task<IResult> ResumeAsync(HttpRequest request, JsonObject json, string key)
    {
        if (WireJson.Text(json, "nonce") is not { Length: >= 16 and <= 128 } nonce)
        {
            return WireError.Missing("nonce");
        }

        if (ChatLog.ReadWatermark(WireJson.Text(json, "watermark")) is not { } watermark)
        {
            return WireError.BadArgument("watermark is not one of ours");
        }

        if (tokens.Read(key) is not { Use: TokenUse.Resume } token)
        {
            return WireError.BadToken;
        }

        var ct = request.HttpContext.RequestAborted;
        if (tokens.IsExpired(token))
        {
            return WireError.TokenExpired;
        }

        if (!await log.ExistsAsync(token.Conversation, ct))
        {
            return WireError.NoConversation;
        }

        var proof = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(nonce)));
        var index = await log.AppendAsync(token.Conversation, ActivityLog.ResumedEntry(proof), $"resume:{token.Id}", ct);
        return await log.ReadEntryAsync(token.Conversation, index, ct) is { } used && ActivityLog.ResumedBy(used) == proof
            ? Grant(request, token.Conversation, 200, watermark)
            : WireError.BadToken;
    }

    private WireAnswer Grant(HttpRequest request, string conversation, int status, long watermark)
    {
        var grant = grants.Stream(request, conversation, null, [], watermark);
        grant["key"] = grants.ResumeKey(conversation, null);
        return new(status, grant);
    }
}
