using Hotline.Conversations;
using Hotline.Triage;

namespace Hotline.Transcripts;

/// <summary>Facts and states as one short line each, so that a difference is readable.</summary>
public static class TranscriptForm
{
    /// <summary>The line of an event; <c>null</c> for those that every turn has and that say nothing here.</summary>
    public static string? Of(TurnEvent fact) => fact switch
    {
        TurnEvent.MessageIn { Triage.Level: > TriageLevel.R3 } m => $"triage {m.Triage.Level}{(m.Cut ? " cut" : "")}",
        TurnEvent.MessageIn { Cut: true } => "cut",
        TurnEvent.MessageIn or TurnEvent.MessageOut or TurnEvent.WaitStarted => null,
        TurnEvent.TriageRaised r => $"raised {r.From} {r.To}",
        TurnEvent.HandoffRequested h => $"handoff {h.Level} {h.Reason}{(h.CannotAnswer ? " cannot_answer" : "")}",
        TurnEvent.TicketRang r => $"rang {r.Level}",
        TurnEvent.StaffHasJoined => "staff_joined",
        TurnEvent.TicketReturned r => $"returned {r.Level}",
        TurnEvent.FlagChanged f => $"flag {f.Flag} {(f.On ? "on" : "off")}",
        TurnEvent.LanguageChosen l => $"language {l.Language}",
        TurnEvent.ConsentAnswered c => $"consent {c.Purpose} {(c.Given ? "yes" : "no")}",
        TurnEvent.DeletionAsked => "deletion_asked",
        TurnEvent.MessageFailed f => $"message_failed {f.ProviderCode}",
        TurnEvent.FlowStarted f => $"flow {f.Flow}",
        _ => fact.GetType().Name,
    };

    public static string Of(TurnEvent.MessageOut text) =>
        (text.Held is null ? "" : $"[held {text.Held}] ") + (text.Source == MessageSource.Staff ? "[staff] " : "") + text.Text;

    /// <summary>The value of a part of the conversation that a transcript may assert; <c>null</c> when there is no such part.</summary>
    public static string? Of(Conversation c, string part) => part switch
    {
        "control" => c.Control switch { Control.Bot => "bot", Control.Human => "human", _ => "waiting_human" },
        "level" => c.Level.ToString(),
        "ticket" => c.Ticket is null ? "none" : "open",
        "language" => c.Language?.Value ?? "none",
        "flow" => c.Flow is { Frames: [.., var top] } ? $"{top.Flow}/{top.Node}" : "none",
        "opted_out" => Flag(c.OptedOut),
        "hidden" => Flag(c.Hidden),
        "not_safe" => Flag(c.NotSafe),
        "safety_asked" => Flag(c.SafetyAsked),
        _ when part.StartsWith("field.", StringComparison.Ordinal) => c.Fields.GetValueOrDefault(part["field.".Length..], "none"),
        _ => null,
    };

    private static string Flag(bool on) => on ? "true" : "false";
}
