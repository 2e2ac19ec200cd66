using System.Security.Cryptography;
using System.Text;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>Whether a request may act on a conversation.</summary>
internal abstract record Access
{
    private Access()
    {
    }

    /// <param name="Token"><c>null</c>: a secret, good for every conversation.</param>
    internal sealed record Granted(DirectLineToken? Token) : Access;

    internal sealed record Refused(IResult Answer) : Access;
}

/// <summary>Reads <c>Authorization</c>.</summary>
internal sealed class ChatAccess(DirectLineTokens tokens, SiteRules sites, DirectLineOptions options)
{
    private readonly byte[][] _secrets = [.. options.Secrets.Select(Digest)];

    public Access Check(HttpRequest request, string? conversation)
    {
        if (request.Headers.Authorization is not [{ } header])
        {
            return new Access.Refused(WireError.NoToken);
        }

        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || header.AsSpan(7).Trim() is not { Length: > 0 } credential)
        {
            return new Access.Refused(WireError.NoToken);
        }

        return tokens.Read(credential.ToString()) is { } token
            ? Check(token, TokenUse.Chat, request, conversation)
            : IsSecret(credential.ToString()) ? new Access.Granted(null) : new Access.Refused(WireError.BadToken);
    }

    /// <summary>The refusal, or <c>null</c> and the token (<c>null</c> for a secret).</summary>
    public IResult? Check(HttpRequest request, string? conversation, out DirectLineToken? token)
    {
        var access = Check(request, conversation);
        token = (access as Access.Granted)?.Token;
        return (access as Access.Refused)?.Answer;
    }

    public Access Check(DirectLineToken token, TokenUse use, HttpRequest request, string? conversation) =>
        token.Use != use ? new Access.Refused(WireError.BadToken)
        : tokens.IsExpired(token) ? new Access.Refused(WireError.TokenExpired)
        : conversation is not null && token.Conversation != conversation ? new Access.Refused(WireError.WrongConversation)
        : !sites.Fits(token, request) ? new Access.Refused(WireError.WrongOrigin)
        : new Access.Granted(token);

    private bool IsSecret(string text)
    {
        var digest = Digest(text);
        var found = false;
        foreach (var secret in _secrets)
        {
            found |= CryptographicOperations.FixedTimeEquals(secret, digest);
        }

        return found;
    }

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
