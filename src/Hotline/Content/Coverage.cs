using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Content;

/// <summary>How far one language is.</summary>
/// <param name="Translated">Shown in the language, stale ones included.</param>
/// <param name="Stale">Shown though the English was changed since.</param>
/// <param name="Reviewed">Read by somebody who speaks the language.</param>
/// <param name="SafetyMissing">Texts for somebody in danger that are shown in English.</param>
public sealed record Coverage(LanguageTag Language, int Total, int Translated, int Stale, int Reviewed, int SafetyMissing)
{
    public int Missing => Total - Translated;

    /// <summary>One for each language of the line but English; empty when the content cannot be read.</summary>
    public static IReadOnlyList<Coverage> Of(ContentFiles files, DiagnosticBag bag) =>
        ContentLoader.Read(files, bag) is { } parts ? Of(parts) : [];

    internal static IReadOnlyList<Coverage> Of(ContentParts parts) =>
        [.. parts.Translated.Select(language =>
        {
            var entries = parts.Texts
                .Select(t => (Text: t, Entry: parts.Snapshot.Catalogs.Entry(t.Text.Id, language)))
                .ToList();
            return new Coverage(
                language,
                entries.Count,
                entries.Count(e => e.Entry is not null),
                entries.Count(e => e.Entry is { } entry && IsStale(entry, e.Text.Text)),
                entries.Count(e => e.Entry is { Review: not null } entry && !IsStale(entry, e.Text.Text)),
                entries.Count(e => e.Entry is null && e.Text.Safety));
        })];

    /// <summary>Marked stale by a sync, or made from another English that no sync has seen yet.</summary>
    internal static bool IsStale(Translation translation, TextRef text) => translation.Stale || translation.Source != text.Source;
}
