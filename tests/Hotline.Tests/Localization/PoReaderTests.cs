using Hotline.Localization;
using Hotline.Sources;
using Xunit;

namespace Hotline.Tests.Localization;

public sealed class PoReaderTests
{
    private const string Header = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n";

    [Fact]
    public void Read_entry_with_everything_keeps_everything()
    {
        var entry = Only(Header + """
            # review: reviewed Somchai K. 2026-03-01
            #. where; at most 1 SMS
            #: dialogs/flows/a.yaml:1 dialogs/flows/b.yaml:2
            #, fuzzy, python-brace-format
            #| msgctxt "a/b"
            #| msgid ""
            #| "old "
            #| "text"
            msgctxt "a/b"
            msgid "new\t\"text\""
            msgstr ""
            "\x41\102\n"
            "c"
            """);

        Assert.Equal("a/b", entry.Context);
        Assert.Equal("new\t\"text\"", entry.Id);
        Assert.Equal("AB\nc", entry.Text);
        Assert.Equal("old text", entry.PreviousId);
        Assert.Equal(["dialogs/flows/a.yaml:1", "dialogs/flows/b.yaml:2"], entry.References);
        Assert.Equal(["fuzzy", "python-brace-format"], entry.Flags);
        Assert.Equal(new Review("Somchai K.", new(2026, 3, 1)), Review.Of(entry));
        Assert.True(entry.Stale);
        Assert.True(entry.Served);
    }

    [Fact]
    public void Read_entries_without_blank_lines_bom_crlf_and_last_line_end()
    {
        var text = "\uFEFF" + (Header + "msgctxt \"a\"\nmsgid \"1\"\nmsgstr \"x\"\nmsgctxt \"b\"\nmsgid \"1\"\nmsgstr \"y\"\nmsgid \"1\"\nmsgstr \"z\"").Replace("\n", "\r\n");

        var file = Read(text, out var bag);

        Assert.Empty(bag.Items);
        Assert.Equal([("a", "x"), ("b", "y"), (null, "z")], file.Entries.Select(e => (e.Context, e.Text)));
    }

    [Fact]
    public void Read_obsolete_entries_are_kept_and_not_served()
    {
        var file = Read(Header + "#~ msgctxt \"a\"\n#~ msgid \"1\"\n#~ msgstr \"x\"\n\n#~ msgid \"2\"\n#~ msgstr \"y\"\n", out var bag);

        Assert.Empty(bag.Items);
        Assert.Equal(2, file.Entries.Count);
        Assert.All(file.Entries, e => Assert.True(e.Obsolete && !e.Served));
    }

    [Theory]
    [InlineData("msgctxt \"a\"\nmsgid \"1\"\nmsgstr \"x\n", "po:5:8: error HL300: the closing quote is missing")]
    [InlineData("msgctxt \"a\"\nmsgid \"1\"\nmsgstr \"\\q\"\n", "po:5:10: error HL300: '\\q' is no escape")]
    [InlineData("msgctxt \"a\"\nmsgid \"1\"\n\nmsgctxt \"b\"\nmsgid \"2\"\nmsgstr \"y\"\n", "po:3:1: error HL300: msgstr is missing")]
    [InlineData("msgctxt \"a\"\nmsgid \"1\"\nmsgstr \"x\" y\n", "po:5:12: error HL300: text after the closing quote")]
    [InlineData("msgwrong \"a\"\n", "po:3:1: error HL300: 'msgwrong' is not expected here (an entry is msgctxt, msgid, msgstr in this order)")]
    [InlineData("msgctxt \"a\"\nmsgid \"1\"\nmsgstr \"x\"\nmsgctxt \"a\"\nmsgid \"1\"\nmsgstr \"y\"\n", "po:6:1: error HL303: 'a' stands twice, first in line 3")]
    public void Read_fault_is_reported_at_its_place_and_reading_goes_on(string text, string expected)
    {
        var file = Read(Header + text + "\nmsgctxt \"last\"\nmsgid \"l\"\nmsgstr \"l\"\n", out var bag);

        Assert.Equal([expected], bag.Items.Select(d => d.ToString()));
        Assert.Contains(file.Entries, e => e.Context == "last" && e.Text == "l");
    }

    [Fact]
    public void Read_without_header_or_with_another_charset_complains()
    {
        Read("msgid \"1\"\nmsgstr \"x\"\n", out var none);
        Read("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=TIS-620\\n\"\n", out var thai);

        Assert.Equal(DiagnosticCodes.PoHeader, Assert.Single(none.Items).Code);
        Assert.Equal(DiagnosticCodes.PoCharset, Assert.Single(thai.Items).Code);
    }

    [Fact]
    public void Read_plural_forms_must_be_as_many_as_the_header_says()
    {
        var head = "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Plural-Forms: nplurals=1; plural=0;\\n\"\n";

        Read(head + "msgid \"1\"\nmsgid_plural \"2\"\nmsgstr[0] \"x\"\nmsgstr[1] \"y\"\n", out var two);
        var one = Read(head + "msgid \"1\"\nmsgid_plural \"2\"\nmsgstr[0] \"x\"\n", out var right);

        Assert.Equal(DiagnosticCodes.PoPlural, Assert.Single(two.Items).Code);
        Assert.Empty(right.Items);
        Assert.False(one.Entries[0].Served);
    }

    private static PoEntry Only(string text)
    {
        var file = Read(text, out var bag);
        Assert.Empty(bag.Items);
        return Assert.Single(file.Entries);
    }

    private static PoFile Read(string text, out DiagnosticBag bag)
    {
        bag = new();
        return PoReader.Read("po", text, bag);
    }
}
