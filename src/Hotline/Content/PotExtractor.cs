using System.Globalization;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Content;

/// <summary>Makes <c>localization/hotline.pot</c>: every English text with its id, place, and what a translator must know.</summary>
public static class PotExtractor
{
    /// <summary>The template, or <c>null</c> when the content cannot be read (the bag says why).</summary>
    public static PoFile? Extract(ContentFiles files, DiagnosticBag bag) =>
        ContentLoader.Read(files, bag) is { } parts && !bag.HasErrors ? Extract(parts) : null;

    internal static PoFile Extract(ContentParts parts) =>
        new(Header(""), [.. parts.Texts.Select(Entry)]);

    internal static PoEntry Header(string language) => new()
    {
        Id = "",
        Strings =
        [
            "Project-Id-Version: hotline\n"
            + "PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\n"
            + "Last-Translator: \n"
            + "Language-Team: \n"
            + $"Language: {language.Replace('-', '_')}\n"
            + "MIME-Version: 1.0\n"
            + "Content-Type: text/plain; charset=UTF-8\n"
            + "Content-Transfer-Encoding: 8bit\n"
            + "Plural-Forms: nplurals=1; plural=0;\n",
        ],
    };

    private static PoEntry Entry(ContentText text) => new()
    {
        Context = text.Text.Id,
        Id = text.Text.Source,
        Extracted = [string.Create(CultureInfo.InvariantCulture,
            $" {text.Where}; at most {text.Budget(LanguageTag.Thai)} SMS ({text.Budget(LanguageTag.Burmese)} in Burmese){(text.Safety ? "; may be read by somebody in danger" : "")}")],
        References = [$"{text.Text.Span.File}:{text.Text.Span.Line.ToString(CultureInfo.InvariantCulture)}"],
        Flags = MessageText.Placeholders(text.Text.Source).Count > 0 ? ["python-brace-format"] : [],
    };
}
