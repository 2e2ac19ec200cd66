using Hotline.Conversations;

namespace Hotline.Server.Desk;

/// <summary>One entry of a ticket's timeline: a fact of a turn, or a note among staff. Public because components, which are public, take it as a parameter.</summary>
public abstract record TimelineEntry(long Seq, DateTimeOffset At)
{
    public sealed record Fact(long Seq, DateTimeOffset At, TurnEvent Event) : TimelineEntry(Seq, At);

    public sealed record Note(long Seq, DateTimeOffset At, string Staff, string Text) : TimelineEntry(Seq, At);

    /// <summary>A body that its key does not open any more.</summary>
    public sealed record Unreadable(long Seq, DateTimeOffset At) : TimelineEntry(Seq, At);
}
