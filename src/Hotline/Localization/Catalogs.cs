using System.Collections.Frozen;

namespace Hotline.Localization;

/// <summary>The translations of all languages. Looking one up never fails: what is missing is the English source.</summary>
public sealed class Catalogs
{
    private readonly FrozenDictionary<LanguageTag, FrozenDictionary<string, Translation>> _languages;

    private Catalogs(FrozenDictionary<LanguageTag, FrozenDictionary<string, Translation>> languages) => _languages = languages;

    public static Catalogs Empty { get; } = new(FrozenDictionary<LanguageTag, FrozenDictionary<string, Translation>>.Empty);

    public static Catalogs Of(IReadOnlyDictionary<LanguageTag, PoFile> files) =>
        new(files.ToFrozenDictionary(f => f.Key, f => Served(f.Value)));

    /// <summary>The text in the wanted language if it is translated, else in English, and the language it really is in.</summary>
    public (string Text, LanguageTag Language) Find(TextRef text, LanguageTag wanted) =>
        Entry(text.Id, wanted) is { } translation ? (translation.Text, wanted) : (text.Source, LanguageTag.English);

    /// <summary>What is served for a text id in a language, or <c>null</c> when that is the English source.</summary>
    public Translation? Entry(string id, LanguageTag language) =>
        _languages.TryGetValue(language, out var catalog) && catalog.TryGetValue(id, out var translation) ? translation : null;

    /// <summary>All that is served in a language, by text id.</summary>
    public IReadOnlyDictionary<string, Translation> Of(LanguageTag language) =>
        _languages.TryGetValue(language, out var catalog) ? catalog : FrozenDictionary<string, Translation>.Empty;

    private static FrozenDictionary<string, Translation> Served(PoFile file) =>
        file.Entries
            .Where(e => e.Served && e.Context is not null)
            .DistinctBy(e => e.Context)
            .ToFrozenDictionary(e => e.Context!, e => new Translation(e.Text, e.Id, e.Stale, Review.Of(e), e.TextSpan), StringComparer.Ordinal);
}
