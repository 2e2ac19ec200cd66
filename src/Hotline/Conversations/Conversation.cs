using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hotline.Localization;
using Hotline.Text;
using Hotline.Triage;

namespace Hotline.Conversations;

/// <summary>Who speaks for the line.</summary>
public enum Control
{
    Bot,

    /// <summary>A ticket is open and nobody has joined; the bot still answers, the person was told that a human is wanted.</summary>
    WaitingHuman,

    /// <summary>Staff hold the conversation: the bot is silent.</summary>
    Human,
}

/// <summary>
/// All that is remembered between two turns with one contact on one channel. Small, versioned, sealed by the
/// server before it is stored. Immutable: a turn returns the next one.
/// </summary>
public sealed record Conversation
{
    /// <summary>Form of this record. A reader knows <c>v</c> and <c>v − 1</c>, and keeps the fields it does not know.</summary>
    public const int CurrentForm = 1;

    [JsonPropertyName("v")]
    public int Form { get; init; } = CurrentForm;

    public required ConversationId Id { get; init; }

    /// <summary>Name of the configured channel, such as <c>sms-th</c> or <c>directline</c>.</summary>
    public required string Channel { get; init; }

    public required ContactKey Contact { get; init; }

    public required Urn Address { get; init; }

    /// <summary>How many turns were committed; 0 = not stored yet. A turn returns the version it wants to be.</summary>
    public long Version { get; init; }

    /// <summary>The person's own choice. <c>null</c> until confirmed; a guess is never stored here.</summary>
    public LanguageTag? Language { get; init; }

    /// <summary>Language of the last text sent, when no choice is stored.</summary>
    public LanguageTag? SpokenIn { get; init; }

    /// <summary>How the person's phone draws Burmese, by their own choice.</summary>
    public BurmeseLetters? Letters { get; init; }

    /// <summary>How their last Burmese message was certainly typed; counts while they have chosen nothing.</summary>
    public BurmeseLetters? LettersSeen { get; init; }

    /// <summary>What is left of a long text, for MORE.</summary>
    public Rest? Rest { get; init; }

    public Control Control { get; init; }

    /// <summary>The open ticket, if there is one.</summary>
    public TicketId? Ticket { get; init; }

    /// <summary>The recorded level; the machine only raises it, staff set it.</summary>
    public TriageLevel Level { get; init; }

    /// <summary>When the desk was last rung for this conversation.</summary>
    public DateTimeOffset? LastRing { get; init; }

    public bool OptedOut { get; init; }

    public bool Hidden { get; init; }

    /// <summary>The person said that it is not safe to write; holds until they write again.</summary>
    public bool NotSafe { get; init; }

    /// <summary>The person asked for their data to be deleted and confirmed it.</summary>
    public DateTimeOffset? DeleteAsked { get; init; }

    /// <summary>A whole-message command waits for its confirmation (only DELETE so far).</summary>
    public string? Confirming { get; init; }

    /// <summary>The last text of ours was the safety question, so a short reply that is no clear "no danger" is R1.</summary>
    public bool SafetyAsked { get; init; }

    public FlowSession? Flow { get; init; }

    /// <summary>How often in a row nothing was understood.</summary>
    public int NotUnderstood { get; init; }

    /// <summary>What the person answered, by field name of the flows.</summary>
    public ImmutableSortedDictionary<string, string> Fields { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public DateTimeOffset? LastTurn { get; init; }

    public DateTimeOffset? LastInbound { get; init; }

    /// <summary>Start of the hour in which <see cref="RepliesInHour"/> counts (flood guard).</summary>
    public DateTimeOffset? HourStarted { get; init; }

    /// <summary>Turns in this hour in which the bot spoke; the texts of one turn count as one reply.</summary>
    public int RepliesInHour { get; init; }

    /// <summary>The bot said all that it may in this hour, and staff were told so.</summary>
    public bool Flooded { get; init; }

    /// <summary>Fields of a newer form, kept as they were. Settable because a source-generated reader binds extension data no other way.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Unknown { get; set; }

    /// <summary>Replies in Burmese are written in Zawgyi.</summary>
    [JsonIgnore]
    public bool ReadsZawgyi => (Letters ?? LettersSeen) == BurmeseLetters.Zawgyi;

    public static Conversation Begin(ConversationId id, string channel, ContactKey contact, Urn address) =>
        new() { Id = id, Channel = channel, Contact = contact, Address = address };
}
