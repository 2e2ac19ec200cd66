using Hotline.Localization;
using Hotline.Triage;

namespace Hotline.Conversations;

/// <summary>Everything that may come in. A closed list.</summary>
public abstract record TurnInput
{
    private TurnInput()
    {
    }

    /// <summary>The person wrote.</summary>
    /// <param name="MessageId">The channel's own id (MessageSid, clientActivityID …), for recognising a repeat.</param>
    /// <param name="Text">As written, up to the channel's limit; may be empty when only media came.</param>
    public sealed record MessageReceived(string MessageId, string Text) : TurnInput
    {
        public int MediaCount { get; init; }

        /// <summary>What the provider made of the text (Twilio's <c>OptOutType</c>), if it said so.</summary>
        public OptOutKind? ProviderOptOut { get; init; }

        /// <summary>The provider answers STOP, START and HELP by itself, so we send no text of ours for them.</summary>
        public bool ProviderAnswersOptOut { get; init; }

        /// <summary>What the channel needs again to echo the message (Direct Line: the posted activity's JSON). The engine does not read it.</summary>
        public string? Wire { get; init; }

        /// <summary>A locale that the client named; a proposal, never a stored choice.</summary>
        public LanguageTag? Proposed { get; init; }
    }

    /// <summary>A chat was opened and nothing is written yet: greet, once.</summary>
    public sealed record ConversationOpened(LanguageTag? Proposed) : TurnInput;

    /// <summary>A wait ran out. Idempotent by its token.</summary>
    public sealed record WaitTimedOut(string WaitToken) : TurnInput;

    /// <summary>Staff answered. Idempotent by its id.</summary>
    public sealed record StaffMessage(Guid Id, TicketId Ticket, StaffId Staff, string Text) : TurnInput;

    /// <summary>A member of staff took the ticket: from here on the bot is silent.</summary>
    public sealed record StaffJoined(TicketId Ticket, StaffId Staff) : TurnInput;

    /// <summary>Staff set the level.</summary>
    public sealed record LevelSet(TicketId Ticket, TriageLevel Level) : TurnInput;

    /// <summary>Staff closed the ticket and set the level; the bot takes the conversation back.</summary>
    public sealed record TicketClosed(TicketId Ticket, TriageLevel Level) : TurnInput
    {
        /// <summary>
        /// When the last message came that staff had in view. A later one keeps the ticket open: nobody has read it, and
        /// the bot was silent. <c>null</c>: close whatever came.
        /// </summary>
        public DateTimeOffset? Seen { get; init; }
    }

    /// <summary>What became of a text of ours, when it matters: the number has opted out, or the text cannot be delivered.</summary>
    public sealed record DeliveryFailed(EventId Message, int? ProviderCode, bool OptedOut) : TurnInput;

    /// <summary>The turn of this input failed with an exception of ours: a safe text and a human, never silence.</summary>
    public sealed record TurnFailed(string MessageId, string Text, string? Wire) : TurnInput;
}

public enum OptOutKind
{
    Stop,
    Start,
    Help,
}
