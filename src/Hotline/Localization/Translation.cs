using Hotline.Sources;

namespace Hotline.Localization;

/// <summary>A text in one language as it is served.</summary>
/// <param name="Source">The English it was made from.</param>
/// <param name="Stale">The English was changed since.</param>
/// <param name="Review"><c>null</c>: nobody who speaks the language has read it yet.</param>
public sealed record Translation(string Text, string Source, bool Stale, Review? Review, SourceSpan Span);
