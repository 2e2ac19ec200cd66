using Hotline.Content;
using Hotline.Conversations;
using Hotline.Flows;
using Hotline.Triage;

namespace Hotline;

/// <summary>
/// The face of the library: one turn as a pure function. Triage first, in every state; then commands; then staff hold;
/// then tickets and the safety flow; then the waiting flow or a new one. The same arguments give the same result.
/// </summary>
public static class TurnEngine
{
    /// <summary>A reply within this time of the person's own message is no "writing first".</summary>
    private static readonly TimeSpan ReplyTime = TimeSpan.FromMinutes(15);

    public static TurnResult Run(ContentSnapshot snapshot, Conversation conversation, TurnInput input, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentNullException.ThrowIfNull(conversation);
        if (conversation.LastTurn is { } last && last > now)
        {
            now = last;
        }

        var turn = new Turn(snapshot, conversation, now);
        var changed = input switch
        {
            TurnInput.MessageReceived message => new MessageTurn(turn, message).Run(),
            TurnInput.ConversationOpened opened => Open(turn, opened),
            TurnInput.WaitTimedOut wait => TimeOut(turn, wait),
            TurnInput.StaffMessage message => StaffTurns.Write(turn, message),
            TurnInput.StaffJoined joined => StaffTurns.Join(turn, joined),
            TurnInput.LevelSet set => StaffTurns.SetLevel(turn, set),
            TurnInput.TicketClosed closed => StaffTurns.Close(turn, closed),
            TurnInput.DeliveryFailed failed => Fail(turn, failed),
            TurnInput.TurnFailed failed => Recover(turn, failed),
            _ => throw new ArgumentException("an input that nobody knows", nameof(input)),
        };
        return changed
            ? new(turn.Conversation with { Version = conversation.Version + 1, LastTurn = now }, turn.Run.Facts)
            : new(conversation, [], false);
    }

    private static bool Open(Turn turn, TurnInput.ConversationOpened input)
    {
        if (turn.First is false)
        {
            return false;
        }

        turn.Run.Hint = input.Proposed;
        turn.CountHour();
        turn.Welcome(turn.Line.Menu, languageKnown: input.Proposed is not null);
        return true;
    }

    private static bool TimeOut(Turn turn, TurnInput.WaitTimedOut input)
    {
        if (turn.Conversation.Flow is not { } flow || flow.WaitToken != input.WaitToken)
        {
            return false;
        }

        var c = turn.Conversation;
        if (c.Control == Control.Human)
        {
            turn.Conversation = c with { Flow = null };
            return true;
        }

        // who waits for a human is told the truth; nobody else is written to first
        turn.CountHour();
        turn.Run.Mute = turn.Run.Mute || c.OptedOut || c.Hidden || c.NotSafe || (c.Ticket is null && !Recent(turn));
        turn.Settle(FlowInterpreter.TimeOut(turn.Run));
        return true;
    }

    private static bool Recent(Turn turn) =>
        turn.Conversation.LastInbound is { } inbound && turn.Now - inbound <= ReplyTime;

    private static bool Fail(Turn turn, TurnInput.DeliveryFailed input)
    {
        turn.Run.Add(new TurnEvent.MessageFailed(input.Message, input.ProviderCode));
        if (input.OptedOut)
        {
            turn.SetOptedOut(true);
        }

        return true;
    }

    /// <summary>A turn of this message threw: nothing but what cannot throw is done here.</summary>
    private static bool Recover(Turn turn, TurnInput.TurnFailed input)
    {
        var wasHuman = turn.Conversation.Control == Control.Human;
        turn.Run.Add(new TurnEvent.MessageIn(input.Text, 0, TriageAssessment.Nothing) { Wire = input.Wire });
        turn.PersonWrote();
        turn.CountHour();
        turn.Run.WantHuman(TriageLevel.R1, "turn_failed");
        if (!wasHuman && !turn.Conversation.OptedOut)
        {
            turn.Say(turn.Conversation.Hidden ? SystemText.Cover : SystemText.TurnFailed);
        }

        return true;
    }
}
