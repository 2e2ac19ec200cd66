using Hotline.Sources;

namespace Hotline.Localization;

/// <summary>
/// One message of a gettext catalog with everything that a translator's tool wrote beside it. Nothing is lost between
/// reading and writing. An absent <see cref="Context"/> differs from an empty one.
/// </summary>
public sealed record PoEntry
{
    public string? Context { get; init; }

    public required string Id { get; init; }

    public string? PluralId { get; init; }

    /// <summary><c>msgstr</c>, or <c>msgstr[0]</c>, <c>msgstr[1]</c> …; never empty.</summary>
    public IReadOnlyList<string> Strings { get; init; } = [""];

    /// <summary>Lines after <c>#</c>, as written (with their leading space).</summary>
    public IReadOnlyList<string> Comments { get; init; } = [];

    /// <summary>Lines after <c>#.</c>, as written (with their leading space).</summary>
    public IReadOnlyList<string> Extracted { get; init; } = [];

    public IReadOnlyList<string> References { get; init; } = [];

    public IReadOnlyList<string> Flags { get; init; } = [];

    public string? PreviousContext { get; init; }

    public string? PreviousId { get; init; }

    public string? PreviousPluralId { get; init; }

    /// <summary>Commented out with <c>#~</c>: kept, never served.</summary>
    public bool Obsolete { get; init; }

    /// <summary>Where the entry begins (<c>msgctxt</c> or <c>msgid</c>).</summary>
    public SourceSpan Span { get; init; }

    /// <summary>Where <c>msgstr</c> stands.</summary>
    public SourceSpan TextSpan { get; init; }

    public string Text => Strings[0];

    public bool Fuzzy => Flags.Contains("fuzzy");

    public bool IsHeader => Context is null && Id.Length == 0;

    /// <summary>The source was changed after this was translated: the old translation is better than none (and is counted).</summary>
    public bool Stale => Fuzzy && PreviousId is not null && (PreviousContext is null || PreviousContext == Context);

    /// <summary>May be shown to a person: translated, and neither obsolete nor a guess of a tool.</summary>
    public bool Served => !Obsolete && !IsHeader && PluralId is null && Text.Length > 0 && (!Fuzzy || Stale);
}
