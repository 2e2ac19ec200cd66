namespace Hotline.Conversations;

/// <summary>Keyed pseudonym of an address (64 hex digits). It stands wherever a number must not.</summary>
public readonly record struct ContactKey(string Value)
{
    public override string ToString() => Value;
}

/// <summary>One conversation: channel, contact and a random epoch drawn when it began (32 hex digits).</summary>
public readonly record struct ConversationId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>
/// Identity of an event: conversation, the version that the turn made, and its index in the turn.
/// A turn that is run again gives the same ids, so every effect can be recognised.
/// </summary>
public readonly record struct EventId(string Value)
{
    public static EventId Of(ConversationId conversation, long version, int index) =>
        new($"{conversation.Value}-{version}-{index}");

    public override string ToString() => Value;
}

/// <summary>The work item of a handoff: the id of the event that opened it.</summary>
public readonly record struct TicketId(string Value)
{
    public override string ToString() => Value;
}

public readonly record struct FlowId(string Value)
{
    public override string ToString() => Value;
}

public readonly record struct NodeId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>A pseudonymous id of a member of staff, never a name.</summary>
public readonly record struct StaffId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>An address with its scheme: <c>tel:+66…</c>, <c>whatsapp:+66…</c>, <c>directline:…</c>. Never logged, stored only sealed.</summary>
public readonly record struct Urn(string Value)
{
    public string Scheme => Value.Split(':', 2)[0];

    /// <summary>The part after the scheme.</summary>
    public string Path => Value.Split(':', 2) is [_, var path] ? path : "";

    /// <summary>SMS: a long text goes page by page.</summary>
    public bool IsPaged => Scheme is "tel" or "sms";

    /// <summary>Only the scheme, so that no log line or exception can carry the address by accident.</summary>
    public override string ToString() => $"{Scheme}:…";
}
