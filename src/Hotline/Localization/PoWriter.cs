using System.Globalization;
using System.Text;

namespace Hotline.Localization;

/// <summary>Writes a catalog byte for byte as <c>msgcat --no-wrap</c> does, so that two tools never fight over a file.</summary>
public static class PoWriter
{
    public static string Write(PoFile catalog)
    {
        var text = new StringBuilder();
        Append(text, catalog.Header);
        // what is obsolete and was never translated is worth nothing, says msgcat
        var obsolete = catalog.Entries.Where(e => e.Obsolete && e.Strings.Any(s => s.Length > 0));
        foreach (var entry in catalog.Entries.Where(e => !e.Obsolete).Concat(obsolete))
        {
            text.Append('\n');
            Append(text, entry);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, PoEntry entry)
    {
        foreach (var comment in entry.Comments)
        {
            text.Append('#').Append(comment).Append('\n');
        }

        foreach (var comment in entry.Extracted)
        {
            text.Append("#.").Append(comment).Append('\n');
        }

        if (entry.References.Count > 0)
        {
            text.Append("#: ").AppendJoin(' ', entry.References).Append('\n');
        }

        // an untranslated entry is not fuzzy, says msgcat
        var translated = entry.Strings.Any(s => s.Length > 0);
        var flags = entry.Flags.Where(f => translated || f != "fuzzy").OrderBy(f => f != "fuzzy").ToList();
        if (flags.Count > 0)
        {
            text.Append("#, ").AppendJoin(", ", flags).Append('\n');
        }

        var previous = entry.Obsolete ? "#~| " : "#| ";
        Append(text, previous, "msgctxt", entry.PreviousContext);
        Append(text, previous, "msgid", entry.PreviousId);
        Append(text, previous, "msgid_plural", entry.PreviousPluralId);
        var plain = entry.Obsolete ? "#~ " : "";
        Append(text, plain, "msgctxt", entry.Context);
        Append(text, plain, "msgid", entry.Id);
        Append(text, plain, "msgid_plural", entry.PluralId);
        for (var i = 0; i < entry.Strings.Count; i++)
        {
            var keyword = entry.PluralId is null ? "msgstr" : string.Create(CultureInfo.InvariantCulture, $"msgstr[{i}]");
            Append(text, plain, keyword, entry.Strings[i]);
        }
    }

    private static void Append(StringBuilder text, string prefix, string keyword, string? value)
    {
        if (value is null)
        {
            return;
        }

        text.Append(prefix).Append(keyword).Append(' ');
        var firstBreak = value.IndexOf('\n', StringComparison.Ordinal);
        if (firstBreak < 0 || firstBreak == value.Length - 1)
        {
            text.Append('"').Append(PoText.Escape(value)).Append("\"\n");
            return;
        }

        text.Append("\"\"\n");
        var rest = value.AsSpan();
        while (!rest.IsEmpty)
        {
            var length = rest.IndexOf('\n') + 1;
            var line = length == 0 ? rest : rest[..length];
            text.Append(prefix).Append('"').Append(PoText.Escape(line)).Append("\"\n");
            rest = rest[line.Length..];
        }
    }
}
