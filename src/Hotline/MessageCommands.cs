using Hotline.Content;
using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Text;
using Hotline.Triage;

namespace Hotline;

/// <summary>Whole-message commands: finding them, and doing those that are no mere switch.</summary>
internal static class MessageCommands
{
    public static Command? Find(Turn turn, TurnInput.MessageReceived message) =>
        message.ProviderOptOut switch
        {
            OptOutKind.Stop => Command.Stop,
            OptOutKind.Start => Command.Start,
            OptOutKind.Help => Command.Help,
            _ => turn.Snapshot.Words.FindCommand(message.Text, turn.Conversation.Language),
        };

    public static void Do(Turn turn, Command command, TurnInput.MessageReceived message)
    {
        switch (command)
        {
            case Command.Help:
                if (!message.ProviderAnswersOptOut)
                {
                    turn.Say(SystemText.Help);
                }

                turn.Start(turn.Line.Menu);
                break;
            case Command.Human:
                CallHuman(turn);
                break;
            case Command.Language:
                turn.Interrupt(turn.Line.LanguageFlow);
                break;
            case Command.Hide:
                turn.SetHidden(true);
                turn.Say(SystemText.Cover);
                break;
            case Command.Delete:
                turn.Conversation = turn.Conversation with { Confirming = "delete" };
                turn.Say(SystemText.DeleteConfirm);
                break;
            case Command.Zawgyi or Command.Unicode:
                Draw(turn, command);
                break;
            case Command.More when turn.Run.SayMore():
                break;
            case Command.More when turn.Conversation.Flow is { } flow:
                turn.Settle(Flows.FlowInterpreter.Run(turn.Run, flow.Frames));
                break;
            default:
                turn.Start(turn.Line.Menu);
                break;
        }
    }

    /// <summary>The answer to "shall all be deleted? 1 = yes".</summary>
    public static void Confirm(Turn turn, string message)
    {
        turn.Conversation = turn.Conversation with { Confirming = null };
        if (message.AsSpan().Trim() is not "1" && turn.Run.YesOrNo(message) != true && turn.Run.Choose(message, []) != 1)
        {
            turn.Say(SystemText.DeleteKept);
            return;
        }

        turn.Conversation = turn.Conversation with { DeleteAsked = turn.Now };
        turn.Run.Add(new TurnEvent.DeletionAsked());
        var kept = turn.Conversation is { Ticket: not null, Level: >= TriageLevel.R2 };
        turn.Say(kept ? SystemText.DeletePending : SystemText.DeleteDone);
        turn.SetHidden(true);
    }

    /// <summary>How the person's phone draws Burmese, by their own choice; then what waits is asked again, in those letters.</summary>
    private static void Draw(Turn turn, Command command)
    {
        Choose(turn, command);
        if (turn.Conversation.Language is null)
        {
            turn.Run.SetLanguage(LanguageTag.Burmese);
        }

        turn.Say(SystemText.LanguageSet);
        if (turn.Conversation.Flow is { } flow)
        {
            turn.Settle(Flows.FlowInterpreter.Run(turn.Run, flow.Frames));
        }
        else
        {
            turn.Start(turn.Line.Menu);
        }
    }

    public static void Choose(Turn turn, Command command) =>
        turn.Conversation = turn.Conversation with { Letters = command == Command.Zawgyi ? BurmeseLetters.Zawgyi : BurmeseLetters.Unicode };

    private static void CallHuman(Turn turn)
    {
        if (turn.Conversation.Ticket is null)
        {
            turn.Run.WantHuman(turn.Conversation.Level > TriageLevel.R2 ? turn.Conversation.Level : TriageLevel.R2, "asked");
            turn.Start(turn.Line.Waiting);
        }
        else
        {
            turn.Say(SystemText.HumanAsked);
        }
    }
}
