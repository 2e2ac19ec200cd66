using Hotline.Content;
using Hotline.Conversations;
using Hotline.Flows;
using Hotline.Text;
using Hotline.Triage;

namespace Hotline;

/// <summary>The turn of one message of the person: the order of the house, from triage to the menu.</summary>
internal sealed class MessageTurn(Turn turn, TurnInput.MessageReceived message)
{
    /// <summary>A reply to the safety question that is no longer than this is taken for an answer, not a story.</summary>
    private const int Short = 60;

    /// <summary>Not understood this often in a row: a human is offered.</summary>
    private const int GiveUpAfter = 2;

    private readonly bool _first = turn.First;
    private readonly bool _hadTicket = turn.Conversation.Ticket is not null;

    private FlowRun Bench => turn.Run;

    private LineSettings Line => turn.Line;

    public bool Run()
    {
        var (triage, cut) = MessageTriage.Assess(turn.Snapshot.Triage, message.Text);
        Bench.Add(new TurnEvent.MessageIn(message.Text, message.MediaCount, triage, cut) { Wire = message.Wire, InUnicode = Letters() });
        turn.PersonWrote();
        var guess = turn.Conversation.Language is null ? LanguageDetector.Detect(message.Text) : new(null, false);
        Bench.Hint = guess.Certain ? guess.Language : guess.Reads ?? message.Proposed;
        Bench.Proposal = guess.Language;

        var command = MessageCommands.Find(turn, message);
        if (command is Command.Stop or Command.Start && turn.Conversation.Control != Control.Human)
        {
            return Switch(command.Value, triage);
        }

        if (turn.Conversation.Control == Control.Human)
        {
            Bench.Mute = true;
            Hold(command, triage);
            return true;
        }

        var danger = OpenTicket(triage);
        Doubt(triage, command);
        if (turn.Conversation.OptedOut)
        {
            return true;
        }

        if (turn.CountHour())
        {
            Speak(command, triage, danger, guess);
            TellOfHuman();
        }

        return true;
    }

    /// <summary>Remembers how Burmese was typed when that is certain.</summary>
    /// <returns>The Unicode reading of a message in Zawgyi, for staff; else <c>null</c>.</returns>
    private string? Letters()
    {
        var seen = ZawgyiDetector.Detect(message.Text);
        if (seen is not null && seen != turn.Conversation.LettersSeen)
        {
            turn.Conversation = turn.Conversation with { LettersSeen = seen };
        }

        var typed = seen ?? (turn.Conversation.ReadsZawgyi ? BurmeseLetters.Zawgyi : BurmeseLetters.Unicode);
        var text = message.Text.Length <= MessageTriage.Whole ? message.Text : message.Text[..MessageTriage.Whole];
        return typed == BurmeseLetters.Zawgyi && Zawgyi.ToUnicode(text) is var read && read != text ? read : null;
    }

    /// <summary>R0 and R1 always have an open ticket after this.</summary>
    /// <returns>Whether the message speaks of danger.</returns>
    private bool OpenTicket(TriageAssessment triage)
    {
        if (triage.Level >= TriageLevel.R1)
        {
            Bench.WantHuman(triage.Level, "triage");
            return true;
        }

        Bench.Raise(triage.Level);
        return false;
    }

    /// <summary>After a lone plea or a language that nobody here reads, a short answer that is no clear "no danger" counts as urgent.</summary>
    private void Doubt(TriageAssessment triage, Command? command)
    {
        if (!turn.Conversation.SafetyAsked || command == Command.Language || turn.Snapshot.Words.FindLanguageName(message.Text) is not null)
        {
            return;
        }

        turn.Conversation = turn.Conversation with { SafetyAsked = false };
        if (triage.Level >= TriageLevel.R1 || message.Text.Length > Short || SafetyAnswer.IsNoDanger(turn, message.Text))
        {
            return;
        }

        Bench.WantHuman(TriageLevel.R1, "triage");
        turn.Replace(Line.Menu, Line.Waiting);
    }

    /// <summary>STOP and START, in every state but under staff.</summary>
    private bool Switch(Command command, TriageAssessment triage)
    {
        var stopped = turn.Conversation.OptedOut;
        Doubt(triage, command);
        turn.SetOptedOut(command == Command.Stop);
        OpenTicket(triage);
        if (command == Command.Start && !stopped)
        {
            turn.SetHidden(false);
        }

        turn.Conversation = turn.Conversation with { Confirming = null };
        if (!message.ProviderAnswersOptOut && stopped != (command == Command.Stop) && !turn.Conversation.Hidden)
        {
            turn.Say(command == Command.Stop ? SystemText.Stopped : SystemText.Started);
        }
        else if (command == Command.Start && !stopped && turn.CountHour())
        {
            Greet();
        }

        return true;
    }

    /// <summary>A first greeting is welcomed, a later one gets the menu.</summary>
    private void Greet()
    {
        if (_first)
        {
            turn.Welcome(Line.Menu, languageKnown: Bench.Hint is not null);
        }
        else
        {
            turn.Start(Line.Menu);
        }
    }

    /// <summary>Staff hold the conversation: the message is theirs, and flags are set without a word.</summary>
    private void Hold(Command? command, TriageAssessment triage)
    {
        OpenTicket(triage);
        switch (command)
        {
            case Command.Stop or Command.Start:
                turn.SetOptedOut(command == Command.Stop);
                break;
            case Command.Hide:
                turn.SetHidden(true);
                break;
            case Command.Zawgyi or Command.Unicode:
                MessageCommands.Choose(turn, command.Value);
                break;
            default:
                break;
        }
    }

    private void Speak(Command? command, TriageAssessment triage, bool danger, LanguageGuess guess)
    {
        if (turn.Conversation.Hidden)
        {
            turn.Say(SystemText.Cover);
        }
        else if (danger)
        {
            // who is in the safety or waiting flow already answers it; anybody else is asked now
            if (!_hadTicket || !InNeed() || !Resume())
            {
                turn.Start(Line.Waiting, Line.Safety);
            }
        }
        else if (turn.Conversation.Confirming is not null)
        {
            MessageCommands.Confirm(turn, message.Text);
        }
        else if (triage.LonePlea || (guess.Unsupported && command is null))
        {
            Plead(command, guess.Unsupported && !triage.LonePlea);
        }
        else if (command == Command.Hello)
        {
            Greet();
        }
        else if (command is { } known)
        {
            MessageCommands.Do(turn, known, message);
        }
        else if (triage.Level == TriageLevel.R2 && turn.Conversation.Ticket is null && !Waits(Line.Offer))
        {
            turn.Interrupt(Line.Offer);
        }
        else if (!Resume())
        {
            Begin(guess);
        }
    }

    /// <summary>Whoever is handed to a human in this turn hears of it, also where the flow says nothing.</summary>
    private void TellOfHuman()
    {
        if (turn.Conversation is not { Ticket: not null, Flow: null, Hidden: false, Control: Control.WaitingHuman } || turn.Conversation.NotSafe)
        {
            return;
        }

        if (!_hadTicket)
        {
            if (!Bench.Facts.Any(f => f.Event is TurnEvent.FlowStarted started && started.Flow == Line.Waiting))
            {
                turn.Start(Line.Waiting);
            }
        }
        else if (!Bench.Facts.Any(f => f.Event is TurnEvent.MessageOut))
        {
            turn.Say(SystemText.HumanAsked);
        }
    }

    private void Plead(Command? command, bool unsupported)
    {
        Bench.Raise(TriageLevel.R2);
        if (unsupported)
        {
            Bench.WantHuman(TriageLevel.R2, "unsupported_language");
            turn.Say(SystemText.UnsupportedLanguage);
        }
        else if (command == Command.Help && !message.ProviderAnswersOptOut)
        {
            turn.Say(SystemText.Help);
        }

        turn.Start(turn.Conversation.Ticket is null ? Line.Menu : Line.Waiting, Line.Safety);
        turn.Conversation = turn.Conversation with { SafetyAsked = true };
    }

    /// <returns>Whether a flow was waiting.</returns>
    private bool Resume()
    {
        if (turn.Conversation.Flow is null)
        {
            return false;
        }

        if (FlowOf(message.Text) is { } started && FlowInterpreter.Fits(Bench, message.Text) is false)
        {
            turn.Start(started);
            return true;
        }

        var giveUp = turn.Conversation.Ticket is null && turn.Conversation.NotUnderstood + 1 >= GiveUpAfter && !Waits(Line.Offer);
        var end = FlowInterpreter.Answer(Bench, message.Text, giveUp, () => turn.Say(SystemText.NotUnderstood));
        if (end == FlowEnd.NotUnderstood)
        {
            turn.Conversation = turn.Conversation with { NotUnderstood = 0 };
            turn.Interrupt(Line.Offer);
        }
        else
        {
            turn.Settle(end);
        }

        return true;
    }

    /// <summary>Nothing waits: a keyword or code, the welcome of a first contact, else the menu.</summary>
    private void Begin(LanguageGuess guess)
    {
        var flow = FlowOf(message.Text) ?? Line.Menu;
        if (_first)
        {
            turn.Welcome(flow, languageKnown: guess.Certain || message.Proposed is not null);
        }
        else if (turn.Conversation.Language is null && turn.Snapshot.Words.FindLanguageName(message.Text) is { } named)
        {
            Bench.SetLanguage(named);
            turn.Start(flow);
        }
        else
        {
            turn.Start(flow);
        }
    }

    private FlowId? FlowOf(string text)
    {
        var code = text.AsSpan().Trim();
        foreach (var flow in turn.Snapshot.Flows.Values)
        {
            foreach (var known in flow.Codes)
            {
                if (code.Equals(known, StringComparison.OrdinalIgnoreCase))
                {
                    return flow.Id;
                }
            }
        }

        return turn.Snapshot.Words.FindFlow(text, turn.Conversation.Language) is { } name && new FlowId(name) is var found && turn.Snapshot.Flows.ContainsKey(found) ? found : null;
    }

    private bool InNeed() => turn.Conversation.Flow is { Frames: [.., var top] } && (top.Flow == Line.Safety || top.Flow == Line.Waiting);

    private bool Waits(FlowId id) => turn.Conversation.Flow is { Frames: [.., var top] } && top.Flow == id;
}
