namespace Hotline.Server.Tests.Channels.Twilio.Fake;

/// <summary>What goes wrong with the next create request. A closed list.</summary>
public abstract record FakeTrouble
{
    private FakeTrouble()
    {
    }

    /// <summary>An error answer; nothing was accepted.</summary>
    public sealed record Refuse(int Status, int Code, int? RetryAfterSeconds = null) : FakeTrouble;

    /// <summary>5xx, though the message was accepted or not.</summary>
    public sealed record ServerError(bool Accepted) : FakeTrouble;

    /// <summary>No answer until the caller gives up.</summary>
    public sealed record Hang(bool Accepted) : FakeTrouble;

    /// <summary>Accepted, and answered only when this is done.</summary>
    public sealed record Late(Task Until) : FakeTrouble;

    /// <summary>The connection breaks before the answer.</summary>
    public sealed record Drop(bool Accepted) : FakeTrouble;
}
