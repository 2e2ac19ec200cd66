using System.Collections.Immutable;
using Hotline.Content;
using Hotline.Conversations;
using Hotline.Flows;
using Hotline.Localization;
using Hotline.Triage;

namespace Hotline;

/// <summary>What every kind of turn needs: the workbench, the texts outside flows, and the starting and ending of flows.</summary>
internal sealed class Turn
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public Turn(ContentSnapshot snapshot, Conversation before, DateTimeOffset now)
    {
        Snapshot = snapshot;
        First = before.LastTurn is null;
        Run = new(
            new()
            {
                Version = snapshot.Version,
                Flows = snapshot.Flows,
                Catalogs = snapshot.Catalogs,
                Words = snapshot.Words,
                Resources = snapshot.Resources,
                Languages = snapshot.Line.Languages,
                More = snapshot.Line.Texts.GetValueOrDefault(SystemText.More),
                Placeholder = name => Placeholder(snapshot.Line, name),
            },
            before,
            now);
    }

    public ContentSnapshot Snapshot { get; }

    public LineSettings Line => Snapshot.Line;

    public FlowRun Run { get; }

    /// <summary>Nothing was exchanged before this turn.</summary>
    public bool First { get; }

    public DateTimeOffset Now => Run.Now;

    public Conversation Conversation
    {
        get => Run.Conversation;
        set => Run.Conversation = value;
    }

    /// <summary>Says a text of <see cref="SystemText"/>; one that the content does not have is not said.</summary>
    public void Say(string name)
    {
        if (Line.Texts.TryGetValue(name, out var text))
        {
            Run.Say(text);
        }
    }

    public void PersonWrote()
    {
        if (Conversation.NotSafe)
        {
            Run.Add(new TurnEvent.FlagChanged("not_safe", false));
            Conversation = Conversation with { Fields = Conversation.Fields.Remove("safe") };
        }

        Conversation = Conversation with { LastInbound = Now, NotSafe = false };
    }

    public void SetOptedOut(bool on)
    {
        if (Conversation.OptedOut != on)
        {
            Conversation = Conversation with { OptedOut = on, Flow = on ? null : Conversation.Flow, Rest = null };
            Run.Add(new TurnEvent.FlagChanged("opted_out", on));
        }
    }

    public void SetHidden(bool on)
    {
        if (Conversation.Hidden != on)
        {
            Conversation = Conversation with { Hidden = on, Flow = null, Rest = null };
            Run.Add(new TurnEvent.FlagChanged("hidden", on));
        }
    }

    /// <summary>The flood guard: over the limit the bot says nothing more in this hour, and staff are told once.</summary>
    /// <returns>Whether the bot may speak.</returns>
    public bool CountHour()
    {
        if (Conversation.HourStarted is not { } started || Now - started >= Hour)
        {
            Conversation = Conversation with { HourStarted = Now, RepliesInHour = 0 };
            if (Conversation.Flooded)
            {
                Conversation = Conversation with { Flooded = false };
                Run.Add(new TurnEvent.FlagChanged("flooded", false));
            }
        }

        if (Conversation.RepliesInHour < Line.RepliesPerHour)
        {
            return true;
        }

        Run.Mute = true;
        if (!Conversation.Flooded)
        {
            Conversation = Conversation with { Flooded = true };
            Run.Add(new TurnEvent.FlagChanged("flooded", true));
        }

        return false;
    }

    /// <summary>Greets, then goes on with a flow; the language menu comes first when the language is only guessed.</summary>
    public void Welcome(FlowId next, bool languageKnown)
    {
        var known = languageKnown || Conversation.Language is not null;
        Start(known ? [next, Line.Welcome] : [next, Line.LanguageFlow, Line.Welcome]);
    }

    /// <summary>Starts flows one upon the other: the last is run first.</summary>
    public void Start(params ReadOnlySpan<FlowId> flows)
    {
        var frames = ImmutableArray<FlowFrame>.Empty;
        foreach (var id in flows)
        {
            frames = frames.Add(new(id, StartOf(id)));
        }

        Run.Add(new TurnEvent.FlowStarted(flows[^1]));
        Settle(FlowInterpreter.Run(Run, frames));
    }

    /// <summary>Puts a flow upon what waits now, which is asked again afterwards.</summary>
    public void Interrupt(FlowId flow)
    {
        var below = Conversation.Flow?.Frames ?? [];
        below = [.. below.Where(f => f.Flow != flow).TakeLast(FlowInterpreter.MostFrames - 2)];
        Run.Add(new TurnEvent.FlowStarted(flow));
        Settle(FlowInterpreter.Run(Run, below.Add(new(flow, StartOf(flow)))));
    }

    /// <summary>Puts another flow under the waiting one, in the place of one that is to be returned to.</summary>
    public void Replace(FlowId old, FlowId other)
    {
        if (Conversation.Flow is { } flow && flow.Frames.Length > 1 && flow.Frames[0].Flow == old)
        {
            Conversation = Conversation with { Flow = flow with { Frames = flow.Frames.SetItem(0, new(other, StartOf(other))) } };
        }
    }

    /// <summary>Deals with a flow that a content change broke: a word and the menu, and in a flow of need a human.</summary>
    public void Settle(FlowEnd end)
    {
        if (end != FlowEnd.Broken)
        {
            return;
        }

        var need = Run.Broken is { } flow && OfNeed(flow);
        Conversation = Conversation with { Flow = null };
        Say(SystemText.NodeRemoved);
        if (need)
        {
            Run.WantHuman(TriageLevel.R1, "node_removed");
            RunOnce(Line.Waiting);
        }
        else
        {
            RunOnce(Line.Menu);
        }
    }

    private static TextRef? Placeholder(LineSettings line, string name) => name switch
    {
        "service" => line.Service,
        "operator" => line.Operator,
        "hours" => line.Hours,
        "secrecy" => line.SecrecyNote,
        _ => null,
    };

    /// <summary>A flow that is broken itself ends silently here; a word was said before.</summary>
    private void RunOnce(FlowId flow) => FlowInterpreter.Run(Run, [new(flow, StartOf(flow))]);

    private bool OfNeed(FlowId id) => id == Line.Safety || id == Line.Waiting
        || (Snapshot.Flows.TryGetValue(id, out var flow) && flow.Kind is FlowKind.Safety or FlowKind.Waiting or FlowKind.Consent);

    private NodeId StartOf(FlowId id) => Snapshot.Flows.TryGetValue(id, out var flow) ? flow.Start : new("start");
}
