using Hotline.Cases;
using Hotline.Triage;

namespace Hotline.Server.Desk;

/// <summary>One line of the queue.</summary>
internal sealed record QueueEntry(
    string Id, TriageLevel Level, TicketState State, DateTimeOffset Opened, DateTimeOffset? WaitingSince, string Reason)
{
    public required string? Language { get; init; }

    public required string Channel { get; init; }

    public required bool CannotAnswer { get; init; }

    public required string? Owner { get; init; }

    public required bool Overdue { get; init; }
}

/// <summary>A ticket as its page shows it.</summary>
internal sealed record TicketView(QueueEntry Entry, bool Joined, IReadOnlyList<TimelineEntry> Lines)
{
    public required bool OptedOut { get; init; }

    public required bool Hidden { get; init; }

    public required bool NotSafe { get; init; }

    public required bool DeletionAsked { get; init; }

    /// <summary>Replies stored and not yet with the conversation.</summary>
    public required int PendingReplies { get; init; }

    /// <summary>Replies that no conversation could take any more.</summary>
    public required int FailedReplies { get; init; }

    /// <summary>Somebody holds the ticket, and the conversation has said that it is not there to be joined.</summary>
    public required bool CannotJoin { get; init; }

    /// <summary>Ids of earlier tickets of the same person on the same channel, newest first.</summary>
    public required IReadOnlyList<string> Earlier { get; init; }

    public long LastSeq => Lines.Count == 0 ? 0 : Lines[^1].Seq;
}

internal enum ClaimOutcome
{
    Claimed,

    /// <summary>Somebody else was faster.</summary>
    Taken,

    /// <summary>There is no such ticket, or it is closed.</summary>
    Gone,
}

internal abstract record ReplyOutcome
{
    private ReplyOutcome()
    {
    }

    /// <summary>Stored; it reaches the conversation even if this server dies now.</summary>
    internal sealed record Stored : ReplyOutcome;

    /// <summary>The person wrote while the reply was typed: nothing was sent, this is what was missed.</summary>
    internal sealed record Stale(IReadOnlyList<TimelineEntry> Missed) : ReplyOutcome;

    /// <summary>The ticket is not held by this member of staff, or the conversation has not confirmed it yet.</summary>
    internal sealed record NotYours : ReplyOutcome;
}

internal abstract record CloseOutcome
{
    private CloseOutcome()
    {
    }

    /// <summary>Written down; the conversation decides, and the ticket is then closed or active again.</summary>
    internal sealed record Closing : CloseOutcome;

    /// <summary>The person wrote meanwhile: nothing was closed, this is what was missed.</summary>
    internal sealed record Stale(IReadOnlyList<TimelineEntry> Missed) : CloseOutcome;

    /// <summary>The ticket is not held by this member of staff.</summary>
    internal sealed record NotYours : CloseOutcome;
}
