using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Resources;

public enum ResourceKind
{
    Helpline,
    Embassy,
    Union,
    Ngo,
    Police,
    Health,
    Children,
    Web,
}

/// <summary>What is known about how a service treats those who call it. "Unknown" is said, never guessed.</summary>
public enum Known
{
    Unknown,
    No,
    Yes,
}

/// <param name="WorksFromAbroad">Can be reached from another country.</param>
/// <param name="Text">Takes text messages.</param>
public sealed record ResourceNumber(string Number, bool WorksFromAbroad, bool Free, bool Text);

/// <summary>A helpline or service of one country, with how and when its facts were verified.</summary>
public sealed record Resource
{
    /// <summary>Without an own date, a verification counts for this long: numbers of this field die fast.</summary>
    public const int VerificationLastsDays = 60;

    public required string Id { get; init; }

    public required string Country { get; init; }

    /// <summary>Text id <c>resource/ID/name</c>.</summary>
    public required TextRef Name { get; init; }

    /// <summary>Text id <c>resource/ID/what</c>.</summary>
    public required TextRef What { get; init; }

    public required ResourceKind Kind { get; init; }

    public required IReadOnlyList<ResourceNumber> Numbers { get; init; }

    public string? Web { get; init; }

    public required IReadOnlyList<LanguageTag> Languages { get; init; }

    public required string Hours { get; init; }

    public required IReadOnlyList<string> Needs { get; init; }

    public Known Recorded { get; init; }

    public Known TellsPolice { get; init; }

    public Known TellsImmigration { get; init; }

    public string? Source { get; init; }

    public string? SourceDate { get; init; }

    public DateOnly? VerifiedOn { get; init; }

    public string? VerifiedBy { get; init; }

    public DateOnly? ExpiresOn { get; init; }

    public required SourceSpan Span { get; init; }

    /// <summary>A named person called it: date and name are both there.</summary>
    public bool Verified => VerifiedOn is not null && VerifiedBy is not null;

    /// <summary>The first day on which it must not be shown any more; <c>null</c> when it was never verified.</summary>
    public DateOnly? Ends => !Verified ? null : ExpiresOn ?? VerifiedOn!.Value.AddDays(VerificationLastsDays);

    /// <summary>May be shown to a person at this time: verified by somebody, and not expired.</summary>
    public bool MayBeShown(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return Verified && VerifiedOn <= today.AddDays(1) && today < Ends;
    }
}
