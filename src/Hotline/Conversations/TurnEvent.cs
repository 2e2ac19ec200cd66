using System.Text.Json.Serialization;
using Hotline.Localization;
using Hotline.Triage;

namespace Hotline.Conversations;

/// <summary>A fact recorded by a turn. Everything that the world sees of a turn is one of these. A closed list.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(MessageIn), "message_in")]
[JsonDerivedType(typeof(MessageOut), "message_out")]
[JsonDerivedType(typeof(TriageRaised), "triage_raised")]
[JsonDerivedType(typeof(HandoffRequested), "handoff_requested")]
[JsonDerivedType(typeof(TicketRang), "ticket_rang")]
[JsonDerivedType(typeof(StaffHasJoined), "staff_joined")]
[JsonDerivedType(typeof(TicketReturned), "ticket_returned")]
[JsonDerivedType(typeof(FlagChanged), "flag_changed")]
[JsonDerivedType(typeof(LanguageChosen), "language_chosen")]
[JsonDerivedType(typeof(ConsentAnswered), "consent_answered")]
[JsonDerivedType(typeof(DeletionAsked), "deletion_asked")]
[JsonDerivedType(typeof(MessageFailed), "message_failed")]
[JsonDerivedType(typeof(FlowStarted), "flow_started")]
[JsonDerivedType(typeof(WaitStarted), "wait_started")]
public abstract record TurnEvent
{
    private TurnEvent()
    {
    }

    /// <summary>The person's message as it was written, with what triage made of it.</summary>
    /// <param name="Cut">The text was over 4,000 units and was matched on its first 3,000 and last 1,000.</param>
    public sealed record MessageIn(string Text, int MediaCount, TriageAssessment Triage, bool Cut = false) : TurnEvent
    {
        /// <summary>The channel's own form, see <see cref="TurnInput.MessageReceived.Wire"/>.</summary>
        public string? Wire { get; init; }

        /// <summary>The text read as Unicode, when it was certainly typed in Zawgyi or its writer reads Zawgyi: staff see both.</summary>
        public string? InUnicode { get; init; }
    }

    /// <summary>A text to the person, exactly as it is to be sent.</summary>
    public sealed record MessageOut(string Text, LanguageTag Language, MessageSource Source) : TurnEvent
    {
        /// <summary>The choices that <see cref="Text"/> lists with numbers; a chat shows them as buttons.</summary>
        public IReadOnlyList<Choice> Choices { get; init; } = [];

        /// <summary>The text before it was written in Zawgyi for this person's phone; staff read this one.</summary>
        public string? InUnicode { get; init; }

        /// <summary>The staff reply that this is.</summary>
        public Guid? StaffReply { get; init; }

        public StaffId? Staff { get; init; }

        /// <summary>Why it may not be sent now; the text is then shown to staff and never reaches the channel.</summary>
        public string? Held { get; init; }

        /// <summary>Belongs to a conversation of R0–R2: after an unknown outcome it is sent again rather than lost.</summary>
        public bool MustArrive { get; init; }
    }

    public sealed record TriageRaised(TriageLevel From, TriageLevel To) : TurnEvent;

    /// <summary>A human is wanted: opens one ticket whose id is this event's id.</summary>
    /// <param name="Reason">A code: <c>triage</c>, <c>asked</c>, <c>not_understood</c>, <c>unsupported_language</c>, <c>turn_failed</c>, <c>flow</c>, <c>node_removed</c>.</param>
    public sealed record HandoffRequested(TriageLevel Level, string Reason, bool CannotAnswer) : TurnEvent;

    /// <summary>New danger in a conversation whose ticket is open: ring again, raise its level.</summary>
    public sealed record TicketRang(TicketId Ticket, TriageLevel Level) : TurnEvent;

    public sealed record StaffHasJoined(TicketId Ticket, StaffId Staff) : TurnEvent;

    /// <summary>The ticket is closed and the bot has the conversation again.</summary>
    public sealed record TicketReturned(TicketId Ticket, TriageLevel Level) : TurnEvent;

    /// <param name="Flag"><c>opted_out</c>, <c>hidden</c>, <c>not_safe</c> or <c>flooded</c> (the bot has fallen silent for the rest of the hour).</param>
    public sealed record FlagChanged(string Flag, bool On) : TurnEvent;

    public sealed record LanguageChosen(LanguageTag Language) : TurnEvent;

    /// <param name="TextId">Id of the consent text that was shown, with the content version.</param>
    public sealed record ConsentAnswered(string Purpose, bool Given, string TextId) : TurnEvent;

    public sealed record DeletionAsked : TurnEvent;

    public sealed record MessageFailed(EventId Message, int? ProviderCode) : TurnEvent;

    public sealed record FlowStarted(FlowId Flow) : TurnEvent;

    public sealed record WaitStarted(FlowId Flow, NodeId Node, string WaitToken, DateTimeOffset Due) : TurnEvent;
}

public enum MessageSource
{
    Bot,
    Staff,
}

/// <param name="Value">What the person would write to choose it, a number.</param>
/// <param name="Language">Language of <paramref name="Title"/> when it is not that of the message (the language menu).</param>
public sealed record Choice(string Value, string Title, LanguageTag? Language = null);

/// <summary>A fact with its identity and its time.</summary>
public sealed record RecordedEvent(EventId Id, DateTimeOffset At, TurnEvent Event);
