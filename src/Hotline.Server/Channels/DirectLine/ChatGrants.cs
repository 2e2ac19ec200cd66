using System.Globalization;
using System.Text.Json.Nodes;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>Writes what a client gets to work with: tokens and the address of the stream.</summary>
internal sealed class ChatGrants(DirectLineTokens tokens, SiteRules sites)
{
    public JsonObject Token(string conversation, ChatUser? user, IReadOnlyList<string> origins) => new()
    {
        ["conversationId"] = conversation,
        ["token"] = tokens.Issue(conversation, TokenUse.Chat, user, origins),
        ["expires_in"] = (int)DirectLineTokens.ChatLife.TotalSeconds,
    };

    /// <summary>With the stream's address, which begins at a watermark.</summary>
    public JsonObject Stream(HttpRequest request, string conversation, ChatUser? user, IReadOnlyList<string> origins, long watermark)
    {
        var grant = Token(conversation, user, origins);
        var pass = tokens.Issue(conversation, TokenUse.Stream, user, origins);
        grant["streamUrl"] = string.Create(
            CultureInfo.InvariantCulture,
            $"{sites.SocketBaseOf(request)}/v3/directline/conversations/{conversation}/stream?watermark={watermark}&t={pass}");
        return grant;
    }

    public string ResumeKey(string conversation, ChatUser? user) => tokens.Issue(conversation, TokenUse.Resume, user, []);
}
