using Hotline.Localization;

namespace Hotline.Triage;

/// <summary>Why a rule spoke: which rule, which language's phrases, and where in the text as it was given.</summary>
/// <param name="Start">Offset in UTF-16 units of the text that was assessed.</param>
/// <param name="Length">Length in UTF-16 units.</param>
/// <param name="Zawgyi">The words were found after reading the text as Zawgyi.</param>
public sealed record TriageHit(string Rule, LanguageTag Language, int Start, int Length, bool Zawgyi = false);

/// <summary>The machine's first view of one message. It explains itself by <see cref="Hits"/> and never says what a person "is".</summary>
/// <param name="Indicators">Names of the indicators of the triage rules (ILO, Palermo and the line's own), sorted, no doubles.</param>
/// <param name="LonePlea">The whole message is a plea such as "help" with nothing else.</param>
/// <param name="Other">The message speaks of another person's danger.</param>
public sealed record TriageAssessment(
    TriageLevel Level,
    IReadOnlyList<string> Indicators,
    IReadOnlyList<TriageHit> Hits,
    bool LonePlea = false,
    bool Other = false)
{
    public static TriageAssessment Nothing { get; } = new(TriageLevel.R3, [], []);
}
