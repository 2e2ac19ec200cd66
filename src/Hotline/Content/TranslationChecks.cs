using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Content;

/// <summary>Checks of each translation against its source.</summary>
internal static class TranslationChecks
{
    /// <summary>An entry for no text of ours: a typing mistake in its msgctxt, or a text that was removed.</summary>
    public static void EntriesKnown(ContentParts parts, DiagnosticBag bag)
    {
        var known = parts.Texts.Select(t => t.Text.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var entry in parts.Catalogs.Values.SelectMany(c => c.Entries).Where(e => !e.Obsolete))
        {
            if (entry.Context is null || !known.Contains(entry.Context))
            {
                bag.Warning(DiagnosticCodes.UnknownText, entry.Span, $"no text has the id '{entry.Context}'", "run './hotline sync'");
            }
        }
    }

    /// <summary>One line for each language: how much is missing or stale.</summary>
    public static void Complete(ContentParts parts, DiagnosticBag bag)
    {
        foreach (var coverage in Coverage.Of(parts))
        {
            var file = SourceSpan.WholeFile(ContentParts.FileOf(coverage.Language));
            if (coverage.Missing > 0)
            {
                bag.Warning(DiagnosticCodes.Untranslated, file, $"{coverage.Missing} of {coverage.Total} texts are not translated",
                    "English is shown instead");
            }

            if (coverage.Stale > 0)
            {
                bag.Warning(DiagnosticCodes.Stale, file, $"{coverage.Stale} of {coverage.Total} translations are older than their English",
                    "read them again and remove 'fuzzy'");
            }
        }
    }

    /// <summary>Texts of the safety flow and the like must be there, and current, in every language.</summary>
    public static void SafetyCurrent(ContentParts parts, DiagnosticBag bag)
    {
        foreach (var language in parts.Translated)
        {
            foreach (var text in parts.Texts.Where(t => t.Safety))
            {
                switch (parts.Snapshot.Catalogs.Entry(text.Text.Id, language))
                {
                    case null:
                        bag.Warning(DiagnosticCodes.SafetyUntranslated, text.Text.Span,
                            $"'{text.Text.Id}' may be read by somebody in danger and is not translated into {language}");
                        break;
                    case { } entry when Coverage.IsStale(entry, text.Text):
                        bag.Warning(DiagnosticCodes.SafetyStale, entry.Span,
                            $"'{text.Text.Id}' may be read by somebody in danger and is older than its English");
                        break;
                }
            }
        }
    }

    public static void PlaceholdersEqual(ContentText text, SpokenText spoken, DiagnosticBag bag)
    {
        var wanted = MessageText.Placeholders(text.Text.Source).Order(StringComparer.Ordinal).ToList();
        var found = MessageText.Placeholders(spoken.Text).Order(StringComparer.Ordinal).ToList();
        if (!wanted.SequenceEqual(found, StringComparer.Ordinal))
        {
            bag.Error(DiagnosticCodes.PlaceholdersDiffer, spoken.Span,
                $"'{spoken.Id}' has the placeholders [{string.Join(' ', found)}], its English has [{string.Join(' ', wanted)}]");
        }
    }

    /// <summary>Lines that begin with a number are choices: as many as in English. And no two choices of a question may read alike.</summary>
    public static void ChoicesEqual(ContentText text, SpokenText spoken, Catalogs catalogs, DiagnosticBag bag)
    {
        var (wanted, found) = (NumberedLines(text.Text.Source), NumberedLines(spoken.Text));
        if (wanted != found)
        {
            bag.Error(DiagnosticCodes.ChoicesDiffer, spoken.Span, $"'{spoken.Id}' has {found} numbered lines, its English has {wanted}");
        }

        var titles = text.Said.Skip(1).Select(t => catalogs.Find(t, spoken.Language).Text.Trim()).ToList();
        if (titles.Distinct(StringComparer.Ordinal).Count() < titles.Count)
        {
            bag.Error(DiagnosticCodes.ChoicesDiffer, spoken.Span, $"two choices of '{spoken.Id}' read alike in {spoken.Language}");
        }
    }

    private static int NumberedLines(string text) => text.Split('\n').Count(l => l.TrimStart() is [var first, ..] && char.IsDigit(first));
}
