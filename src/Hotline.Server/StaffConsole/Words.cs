using System.Globalization;
using Hotline.Conversations;
using Hotline.Triage;

namespace Hotline.Server.StaffConsole;

/// <summary>What the console says, in English, in one place for the languages to come.</summary>
internal static class Words
{
    public static string Of(TriageLevel level) => level switch
    {
        TriageLevel.R0 => "R0 immediate",
        TriageLevel.R1 => "R1 urgent",
        TriageLevel.R2 => "R2 soon",
        _ => "R3 information",
    };

    public static string OfReason(string reason) => reason switch
    {
        "triage" => "words of danger",
        "asked" => "asked for a person",
        "not_understood" => "the bot did not understand",
        "unsupported_language" => "a language that the bot does not speak",
        "turn_failed" => "the bot failed",
        "flow" => "answers in a dialog",
        "node_removed" => "the dialog was changed meanwhile",
        "place_urgency" => "a place, and urgent",
        _ => reason,
    };

    public static string OfHeld(string code) => code switch
    {
        "opted_out" => "the person has opted out",
        "hidden" => "the person is hidden",
        "not_safe" => "the person said that it is not safe",
        _ => code,
    };

    /// <summary>A fact of a turn that is no message, in a few words.</summary>
    public static string Of(TurnEvent fact) => fact switch
    {
        TurnEvent.TriageRaised raised => $"Level raised from {raised.From} to {raised.To}",
        TurnEvent.HandoffRequested handoff => $"A person is wanted: {OfReason(handoff.Reason)}",
        TurnEvent.TicketRang rang => $"New danger, rang again at {rang.Level}",
        TurnEvent.StaffHasJoined => "Staff joined; the bot is silent",
        TurnEvent.TicketReturned returned => $"Closed at {returned.Level}; the bot has the conversation again",
        TurnEvent.FlagChanged flag => $"{flag.Flag.Replace('_', ' ')}: {(flag.On ? "yes" : "no")}",
        TurnEvent.LanguageChosen language => $"Chose {OfLanguage(language.Language.Value)}",
        TurnEvent.ConsentAnswered consent => $"Consent for {consent.Purpose}: {(consent.Given ? "yes" : "no")}",
        TurnEvent.DeletionAsked => "Asked to delete everything",
        TurnEvent.MessageFailed failed => $"A text could not be delivered (code {failed.ProviderCode?.ToString(CultureInfo.InvariantCulture) ?? "none"})",
        _ => "",
    };

    public static string OfLanguage(string? tag) => tag switch
    {
        null => "language not known",
        "en" => "English",
        "th" => "Thai",
        "my" => "Burmese",
        "km" => "Khmer",
        "lo" => "Lao",
        "vi" => "Vietnamese",
        "zh-Hans" => "Chinese",
        "id" => "Indonesian",
        _ => tag,
    };

    public static string Span(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => "under a minute",
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} days"),
    };

    public static string At(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";
}
