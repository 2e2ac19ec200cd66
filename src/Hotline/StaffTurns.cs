using Hotline.Content;
using Hotline.Conversations;

namespace Hotline;

/// <summary>What staff do to a conversation. What does not fit its open ticket has no effect, so a repeat is harmless.</summary>
internal static class StaffTurns
{
    /// <summary>A conversation that is still warm may be told that its ticket is closed; a cold one is not written to first.</summary>
    private static readonly TimeSpan Warm = TimeSpan.FromMinutes(15);

    /// <summary>A reply of staff. It is always recorded; what keeps it from being sent is named in <see cref="TurnEvent.MessageOut.Held"/>.</summary>
    public static bool Write(Turn turn, TurnInput.StaffMessage input)
    {
        var c = turn.Conversation;
        var (text, unicode) = turn.Run.ForPhone(input.Text);
        turn.Run.Add(new TurnEvent.MessageOut(text, turn.Run.Language, MessageSource.Staff)
        {
            InUnicode = unicode,
            StaffReply = input.Id,
            Staff = input.Staff,
            MustArrive = true,
            Held = c.OptedOut ? "opted_out"
                : c.Hidden ? "hidden"
                : c.NotSafe ? "not_safe"
                : c.Ticket != input.Ticket ? "ticket_closed"
                : null,
        });
        return true;
    }

    public static bool Join(Turn turn, TurnInput.StaffJoined input)
    {
        var c = turn.Conversation;
        if (c.Ticket != input.Ticket || c.Control == Control.Human)
        {
            return false;
        }

        turn.Conversation = c with { Control = Control.Human, Flow = null, Rest = null, NotUnderstood = 0, SafetyAsked = false, Confirming = null };
        turn.Run.Add(new TurnEvent.StaffHasJoined(input.Ticket, input.Staff));
        turn.Run.Mute = Quiet(turn);
        turn.Say(SystemText.StaffJoined);
        return true;
    }

    public static bool SetLevel(Turn turn, TurnInput.LevelSet input)
    {
        if (turn.Conversation.Ticket != input.Ticket || turn.Conversation.Level == input.Level)
        {
            return false;
        }

        turn.Conversation = turn.Conversation with { Level = input.Level };
        return true;
    }

    public static bool Close(Turn turn, TurnInput.TicketClosed input)
    {
        if (turn.Conversation.Ticket != input.Ticket || WroteSince(turn.Conversation.LastInbound, input.Seen))
        {
            return false;
        }

        turn.Conversation = turn.Conversation with
        {
            Ticket = null,
            LastRing = null,
            Control = Control.Bot,
            Level = input.Level,
            Flow = null,
            NotUnderstood = 0,
            SafetyAsked = false,
        };
        turn.Run.Add(new TurnEvent.TicketReturned(input.Ticket, input.Level));
        turn.Run.Mute = Quiet(turn);
        if (!turn.Run.Mute)
        {
            turn.Start(turn.Line.Closing);
        }

        return true;
    }

    /// <summary>In milliseconds, as the desk keeps its times.</summary>
    private static bool WroteSince(DateTimeOffset? inbound, DateTimeOffset? seen) =>
        inbound is { } last && seen is { } known && last.ToUnixTimeMilliseconds() > known.ToUnixTimeMilliseconds();

    private static bool Quiet(Turn turn)
    {
        var c = turn.Conversation;
        return c.OptedOut || c.Hidden || c.NotSafe || c.LastInbound is not { } inbound || turn.Now - inbound > Warm;
    }
}
