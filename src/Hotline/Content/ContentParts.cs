using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Content;

/// <summary>Content as read, before it is checked: the snapshot to be, and the sources that only checks and tools need.</summary>
internal sealed record ContentParts(
    ContentSnapshot Snapshot, IReadOnlyList<SourceText> Sources, IReadOnlyDictionary<LanguageTag, PoFile> Catalogs)
{
    /// <summary>Languages with translations: those of the line but English.</summary>
    public IEnumerable<LanguageTag> Translated => Snapshot.Line.Languages.Where(l => l != LanguageTag.English);

    /// <summary>Every text for people, each with what it is for.</summary>
    public IReadOnlyList<ContentText> Texts { get; } = ContentText.All(Snapshot);

    public static string FileOf(LanguageTag language) => $"localization/{language}.po";
}
