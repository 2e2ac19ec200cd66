using System.Text.Json.Nodes;
using System.Security.Cryptography;

namespace Hotline.Server.Channels.DirectLine;

/// <summary><c>tokens/generate</c>, <c>tokens/refresh</c>, <c>session/getsessionid</c>.</summary>
internal sealed class TokensApi(ChatAccess access, SiteRules sites, ChatGrants grants, ChatPaces paces)
{
    /// <summary>With a secret from anywhere; without one from our own page, an allowed site, or no site. Draws an id and starts nothing.</summary>
    public async Task<IResult> GenerateAsync(HttpRequest request)
    {
        if (request.Headers.Authorization.Count > 0)
        {
            switch (access.Check(request, null))
            {
                case Access.Refused refused:
                    return refused.Answer;
                case Access.Granted { Token: not null }:
                    return WireError.BadToken;
            }
        }
        else
        {
            if (!sites.MayOpen(request))
            {
                return WireError.WrongOrigin;
            }

            await paces.OpenAsync(request);
        }

        var (parameters, fault) = await TokenParameters.ReadAsync(request);
        return fault ?? WireAnswer.Ok(grants.Token(DirectLineTokens.NewConversationId(), parameters.User, parameters.TrustedOrigins));
    }

    public IResult Refresh(HttpRequest request) => access.Check(request, null) switch
    {
        Access.Refused refused => refused.Answer,
        Access.Granted { Token: { } token } => WireAnswer.Ok(grants.Token(token.Conversation, token.User, token.Origins)),
        _ => WireError.BadArgument("A secret is not refreshed"),
    };

    /// <summary>We set no cookies, so each call is a session of its own.</summary>
    public static IResult SessionId() =>
        WireAnswer.Ok(new JsonObject { ["sessionId"] = RandomNumberGenerator.GetHexString(32, lowercase: true) });
}
