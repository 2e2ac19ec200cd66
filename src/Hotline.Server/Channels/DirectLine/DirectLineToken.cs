namespace Hotline.Server.Channels.DirectLine;

/// <summary>What a token allows, for one conversation.</summary>
internal enum TokenUse
{
    /// <summary>The API, as <c>Authorization: Bearer</c>.</summary>
    Chat,

    /// <summary>Only to open the web socket; it stands in an address and lives for a minute.</summary>
    Stream,

    /// <summary>Only to be swapped, once, for a fresh chat token.</summary>
    Resume,
}

/// <summary>The person as the page calls them; an id that the page chose, never an address.</summary>
internal sealed record ChatUser(string Id, string? Name);

internal sealed record DirectLineToken
{
    public required string Conversation { get; init; }

    public required TokenUse Use { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>Tells two tokens apart; a resume key is used up by it.</summary>
    public required string Id { get; init; }

    public ChatUser? User { get; init; }

    /// <summary>Sites that may host the page; empty = any.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];
}
