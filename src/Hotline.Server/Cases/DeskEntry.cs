using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Triage;

namespace Hotline.Server.Cases;

/// <summary>What the outbox brings to the cases database: a fact of a turn, with what the desk must know of its conversation.</summary>
/// <param name="Ticket">The open ticket after the turn, or the one that the event opened or closed; <c>null</c> for contact facts (opt-out, language).</param>
internal sealed record DeskEntry(
    RecordedEvent Fact,
    ConversationId Conversation,
    long Version,
    string Channel,
    ContactKey Contact,
    Urn Address,
    LanguageTag? Language,
    TriageLevel Level,
    TicketId? Ticket);
