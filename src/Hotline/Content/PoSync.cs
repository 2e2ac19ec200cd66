using Hotline.Localization;

namespace Hotline.Content;

/// <summary>
/// Brings a language's catalog up to the template: new texts come in empty; a text whose English was changed keeps its
/// translation, marked fuzzy with the previous English, as a draft; what is gone becomes obsolete and is kept.
/// </summary>
public static class PoSync
{
    private const string Fuzzy = "fuzzy";

    public static PoFile Merge(PoFile template, PoFile? old, LanguageTag language)
    {
        var known = (old?.Entries ?? [])
            .Where(e => e.Context is not null)
            .GroupBy(e => e.Context!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.OrderBy(e => e.Obsolete).First(), StringComparer.Ordinal);
        var entries = template.Entries
            .Select(t => known.TryGetValue(t.Context!, out var entry) ? Update(t, entry) : New(t))
            .ToList();
        var live = template.Entries.Select(t => t.Context).ToHashSet(StringComparer.Ordinal);
        var gone = (old?.Entries ?? [])
            .Where(e => !live.Contains(e.Context) && e.Strings.Any(s => s.Length > 0))
            .Select(e => e with { Obsolete = true, References = [], Extracted = [] });
        return new(old is null || old.Header.Text.Length == 0 ? PotExtractor.Header(language.Value) : old.Header, [.. entries, .. gone]);
    }

    private static PoEntry New(PoEntry template) => template with { Comments = [" review: draft"] };

    private static PoEntry Update(PoEntry template, PoEntry entry)
    {
        var kept = template with { Strings = entry.Strings, Comments = entry.Comments };
        if (entry.Text.Length == 0)
        {
            return Review.Reset(kept);
        }

        // the translation was made from this English, whatever stands in msgid since
        var madeFrom = entry.Fuzzy ? entry.PreviousId : entry.Id;
        if (madeFrom == template.Id)
        {
            return kept;
        }

        kept = kept with { Flags = [Fuzzy, .. template.Flags], PreviousId = madeFrom };
        return entry.Id == template.Id && !entry.Obsolete ? kept : Review.Reset(kept);
    }
}
