using Hotline.Cases;
using Hotline.Triage;

namespace Hotline.Server.Cases;

/// <summary>The durable record of a person on a channel. The address is sealed with the contact's key.</summary>
internal sealed class ContactRow
{
    public required string Channel { get; set; }

    public required string Contact { get; set; }

    public required byte[] SealedAddress { get; set; }

    public string? Language { get; set; }

    public bool OptedOut { get; set; }

    public bool Hidden { get; set; }

    public bool NotSafe { get; set; }

    public DateTimeOffset? DeletionAsked { get; set; }

    public DateTimeOffset FirstSeen { get; set; }

    public DateTimeOffset LastSeen { get; set; }
}

/// <summary>The work item that a handoff opened. Its id is the id of that event.</summary>
internal sealed class TicketRow
{
    public required string Id { get; set; }

    public required string Channel { get; set; }

    public required string Contact { get; set; }

    public required string Conversation { get; set; }

    public TriageLevel Level { get; set; }

    public TicketState State { get; set; }

    public required string Reason { get; set; }

    public bool CannotAnswer { get; set; }

    public string? Language { get; set; }

    public string? Owner { get; set; }

    /// <summary>The conversation has confirmed the owner: the bot is silent, the reply editor may open.</summary>
    public bool Joined { get; set; }

    public DateTimeOffset Opened { get; set; }

    /// <summary>Since when the person waits for an answer of staff; <c>null</c> = not waiting.</summary>
    public DateTimeOffset? WaitingSince { get; set; }

    public DateTimeOffset LastRing { get; set; }

    public DateTimeOffset? FirstReply { get; set; }

    public DateTimeOffset? Closed { get; set; }

    /// <summary>Concurrency token: raised by every change.</summary>
    public int Version { get; set; }
}

/// <summary>One entry of a ticket's timeline. The body is sealed with the ticket's key.</summary>
internal sealed class LineRow
{
    /// <summary>Order of arrival, from 1.</summary>
    public long Seq { get; set; }

    public required string Ticket { get; set; }

    /// <summary>Unique in its ticket: a fact that comes twice counts once.</summary>
    public required string EventId { get; set; }

    public DateTimeOffset At { get; set; }

    public LineKind Kind { get; set; }

    public required byte[] SealedBody { get; set; }
}

internal enum LineKind
{
    /// <summary>A fact of a turn, in its stored form.</summary>
    Fact = 0,

    /// <summary>A note among staff; never leaves the house.</summary>
    Note = 1,
}

/// <summary>A reply of staff, stored before anything is sent.</summary>
internal sealed class ReplyRow
{
    public Guid Id { get; set; }

    public required string Ticket { get; set; }

    public required string Staff { get; set; }

    public required byte[] SealedText { get; set; }

    public ReplyState State { get; set; }

    public DateTimeOffset At { get; set; }
}

internal enum ReplyState
{
    Pending = 0,
    Handed = 1,

    /// <summary>There is no conversation any more that could take it; staff are told.</summary>
    Failed = 2,
}

/// <summary>What somebody is typing. Sealed with the ticket's key.</summary>
internal sealed class DraftRow
{
    public required string Staff { get; set; }

    public required string Ticket { get; set; }

    public required string Editor { get; set; }

    public required byte[] SealedText { get; set; }
}

/// <summary>Something that the conversation must hear from the desk, tried until it has.</summary>
internal sealed class CommandRow
{
    public long Seq { get; set; }

    public required string Ticket { get; set; }

    public DeskCommand Command { get; set; }

    public string? Staff { get; set; }

    public TriageLevel Level { get; set; }

    /// <summary>For a close: when the last message came that staff had in view.</summary>
    public DateTimeOffset? Seen { get; set; }

    public bool Done { get; set; }
}

internal enum DeskCommand
{
    Join = 0,
    SetLevel = 1,
    Close = 2,
}

/// <summary>One change for the live feed. <see cref="Number"/> is given in the numbering pass, never by the database.</summary>
internal sealed class FeedRow
{
    public long Seq { get; set; }

    public long? Number { get; set; }

    public required string Kind { get; set; }

    public required string Ticket { get; set; }

    public TriageLevel Level { get; set; }
}

/// <summary>Who did what to which ticket: ids and codes only.</summary>
internal sealed class AuditRow
{
    public long Seq { get; set; }

    public DateTimeOffset At { get; set; }

    public required string Staff { get; set; }

    public required string Action { get; set; }

    public string? Ticket { get; set; }
}

/// <summary>A staff account.</summary>
internal sealed class StaffRow
{
    public required string Id { get; set; }

    public required string Email { get; set; }

    public required string NormalizedEmail { get; set; }

    public string? PasswordHash { get; set; }

    /// <summary>Protected by the key ring; base32 inside.</summary>
    public byte[]? ProtectedTotp { get; set; }

    public bool TotpConfirmed { get; set; }

    /// <summary>The last time step that was accepted: a code works once.</summary>
    public long LastTotpStep { get; set; }

    public required string Stamp { get; set; }

    public int Failed { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }

    public required string Role { get; set; }
}

/// <summary>The one-time link of the first sign-in; only its hash is kept.</summary>
internal sealed class SetupRow
{
    public int Id { get; set; }

    public required byte[] CodeHash { get; set; }

    public DateTimeOffset Expires { get; set; }

    public bool Used { get; set; }
}
