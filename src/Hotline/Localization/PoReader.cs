using Hotline.Sources;

namespace Hotline.Localization;

/// <summary>
/// Reads a gettext catalog. Every fault goes to the bag with its place and reading goes on with the next entry.
/// A byte order mark, CRLF, a missing last line end and missing blank lines are all fine.
/// </summary>
public static class PoReader
{
    /// <summary>The catalog; what could not be read is left out (the bag says what).</summary>
    public static PoFile Read(string file, string text, DiagnosticBag bag)
    {
        var entries = PoLines.Entries(file, text.TrimStart('\uFEFF'), bag);
        var header = entries.FirstOrDefault(e => e.IsHeader && !e.Obsolete);
        if (header is null)
        {
            bag.Error(DiagnosticCodes.PoHeader, SourceSpan.WholeFile(file), "the header entry (empty msgid) is missing",
                "copy it from another language's file");
            header = new PoEntry { Id = "" };
        }

        var catalog = new PoFile(header, WithoutDoubles(entries, bag));
        CheckHeader(file, catalog, bag);
        return catalog;
    }

    private static List<PoEntry> WithoutDoubles(IReadOnlyList<PoEntry> entries, DiagnosticBag bag)
    {
        var seen = new Dictionary<(string?, string), PoEntry>();
        var kept = new List<PoEntry>();
        foreach (var entry in entries)
        {
            if (!seen.TryAdd((entry.Context, entry.Id), entry))
            {
                bag.Error(DiagnosticCodes.PoDuplicate, entry.Span,
                    $"'{entry.Context ?? entry.Id}' stands twice, first in line {seen[(entry.Context, entry.Id)].Span.Line}");
            }
            else if (!entry.IsHeader)
            {
                kept.Add(entry);
            }
        }

        return kept;
    }

    private static void CheckHeader(string file, PoFile catalog, DiagnosticBag bag)
    {
        var span = catalog.Header.Span.File is null ? SourceSpan.WholeFile(file) : catalog.Header.Span;
        var type = catalog.HeaderField("Content-Type") ?? "";
        var charset = type.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (charset >= 0 && !type[(charset + 8)..].Trim().Equals("UTF-8", StringComparison.OrdinalIgnoreCase))
        {
            bag.Error(DiagnosticCodes.PoCharset, span, "the file is not marked as UTF-8",
                "convert it and write 'Content-Type: text/plain; charset=UTF-8' in the header");
        }

        var plurals = PluralCount(catalog);
        foreach (var entry in catalog.Entries.Where(e => e.PluralId is not null && !e.Obsolete && plurals is not null))
        {
            if (entry.Strings.Count != plurals)
            {
                bag.Error(DiagnosticCodes.PoPlural, entry.TextSpan,
                    $"{entry.Strings.Count} plural forms where the header says nplurals={plurals}");
            }
        }
    }

    private static int? PluralCount(PoFile catalog)
    {
        const string Key = "nplurals=";
        var field = catalog.HeaderField("Plural-Forms");
        var at = field?.IndexOf(Key, StringComparison.Ordinal) ?? -1;
        if (at < 0)
        {
            return null;
        }

        var digits = field!.AsSpan(at + Key.Length);
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return int.TryParse(end < 0 ? digits : digits[..end], out var n) ? n : null;
    }
}
