using FsCheck;
using FsCheck.Fluent;
using Hotline.Localization;
using Hotline.Sources;
using Xunit;

namespace Hotline.Tests.Localization;

/// <summary>Our reader and writer against the real msgcat and msgfmt.</summary>
public sealed class PoGettextTests
{
    private static readonly PoEntry Header = new()
    {
        Id = "",
        Strings = ["Project-Id-Version: hotline\nLanguage: th\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=1; plural=0;\n"],
    };

    [Fact]
    public void Write_any_catalog_is_byte_for_byte_what_msgcat_writes()
    {
        foreach (var catalog in Catalogs().Sample(40, 60))
        {
            var ours = PoWriter.Write(catalog);
            Assert.Equal(Gettext.Msgcat(ours), ours);
        }
    }

    [Fact]
    public void Write_any_catalog_passes_msgfmt_check()
    {
        foreach (var catalog in Catalogs().Sample(15, 60))
        {
            Gettext.Check(PoWriter.Write(catalog));
        }
    }

    [Fact]
    public void Read_what_was_written_gives_the_same_catalog()
    {
        foreach (var catalog in Catalogs().Sample(200, 60))
        {
            var text = PoWriter.Write(catalog);
            var bag = new DiagnosticBag();
            var read = PoReader.Read("po", text, bag);
            Assert.Empty(bag.Items);
            Assert.Equal(catalog.Entries.Select(Plain), read.Entries.Select(Plain));
            Assert.Equal(text, PoWriter.Write(read));
        }
    }

    /// <summary>All that must survive, as one comparable text.</summary>
    private static string Plain(PoEntry e) => string.Join('\u241E',
        [e.Context ?? "∅", e.Id, e.PreviousId ?? "∅", e.PreviousContext ?? "∅", $"{e.Obsolete}", .. e.Strings, .. e.Comments, .. e.Extracted, .. e.References, .. e.Flags]);

    private static Gen<PoFile> Catalogs()
    {
        var words = Gen.Elements("a", "B", " ", "\n", "\t", "\"", "\\", "{name}", "#", "~", "|", "ไทย", "မြန်မာ", "ភាសា", "ລາວ", "Tiếng Việt", "中文", "😀", "e\u0301", "'", ":", "\\n");
        var text = words.ListOf().Select(w => string.Concat(w));
        var filled = text.Select(t => "x" + t);
        var maybe = Gen.OneOf(Gen.Constant<string?>(null), filled.Select(t => (string?)t));
        var comment = Gen.Elements(" review: draft", " review: reviewed A B 2026-01-02", " note");
        var entry =
            from context in maybe
            from id in filled
            from translation in text
            from previous in maybe
            from comments in comment.ListOf(1)
            from extracted in Gen.Elements(" seen in the menu; at most 1 SMS", " title").ListOf(1)
            from references in Gen.Elements("dialogs/flows/a.yaml:1", "dialogs/hotline.yaml:22").ListOf(2)
            from gone in Gen.Elements(false, false, false, true)
            let obsolete = gone && translation.Length > 0
            select new PoEntry
            {
                Context = context,
                Id = id,
                Strings = [EndLike(id, translation)],
                Comments = [.. comments],
                Extracted = obsolete ? [] : [.. extracted],
                References = obsolete ? [] : [.. references.Distinct()],
                Flags = previous is null || translation.Length == 0 ? [] : ["fuzzy"],
                PreviousId = previous,
                PreviousContext = previous is null ? null : context,
                Obsolete = obsolete,
            };
        return entry.ListOf().Select(entries => new PoFile(
            Header,
            [.. entries.DistinctBy(e => (e.Context, e.Id)).OrderBy(e => e.Obsolete)]));
    }

    /// <summary>msgfmt wants both to begin and end with a line end, or neither.</summary>
    private static string EndLike(string id, string translation) =>
        translation.Length == 0 ? "" : "y" + translation.TrimEnd('\n') + (id.EndsWith('\n') ? "\n" : "");
}
