using Hotline.Content;
using Hotline.Localization;
using Xunit;

namespace Hotline.Tests.Content;

public sealed class PoSyncTests
{
    private static readonly PoEntry Header = new() { Id = "", Strings = ["Language: th\n"] };

    [Fact]
    public void Merge_new_text_comes_in_empty_as_a_draft()
    {
        var entry = Assert.Single(Merge(Template(("a", "One")), null).Entries);

        Assert.Equal("", entry.Text);
        Assert.Equal([" review: draft"], entry.Comments);
    }

    [Fact]
    public void Merge_unchanged_text_keeps_translation_and_review()
    {
        var old = Entry("a", "One", "หนึ่ง", " review: reviewed Somchai 2026-01-02");

        var entry = Assert.Single(Merge(Template(("a", "One")), [old]).Entries);

        Assert.Equal("หนึ่ง", entry.Text);
        Assert.NotNull(Review.Of(entry));
        Assert.False(entry.Fuzzy);
    }

    [Fact]
    public void Merge_changed_text_is_stale_with_the_previous_English_and_a_draft_again()
    {
        var old = Entry("a", "One", "หนึ่ง", " note", " review: reviewed Somchai 2026-01-02");

        var once = Merge(Template(("a", "Two")), [old]);
        var twice = Merge(Template(("a", "Three")), once.Entries);
        var back = Merge(Template(("a", "One")), twice.Entries);

        foreach (var (catalog, id) in new[] { (once, "Two"), (twice, "Three") })
        {
            var entry = Assert.Single(catalog.Entries);
            Assert.Equal((id, "One", "หนึ่ง"), (entry.Id, entry.PreviousId, entry.Text));
            Assert.True(entry.Stale && entry.Served);
            Assert.Equal([" note", " review: draft"], entry.Comments);
        }

        Assert.Equal((false, "หนึ่ง"), (back.Entries[0].Fuzzy, back.Entries[0].Text));
    }

    [Fact]
    public void Merge_a_guess_of_a_tool_stays_unserved()
    {
        var guess = Entry("a", "One", "หนึ่ง") with { Flags = ["fuzzy"] };

        Assert.False(Assert.Single(Merge(Template(("a", "One")), [guess]).Entries).Served);
        Assert.False(Assert.Single(Merge(Template(("a", "Two")), [guess]).Entries).Served);
    }

    [Fact]
    public void Merge_gone_text_is_kept_as_obsolete_and_comes_back()
    {
        var gone = Merge(Template(("b", "B")), [Entry("a", "One", "หนึ่ง"), Entry("c", "C", "")]);
        var back = Merge(Template(("a", "One"), ("b", "B")), gone.Entries);

        Assert.Equal([("b", false), ("a", true)], gone.Entries.Select(e => (e.Context!, e.Obsolete)));
        Assert.Equal([("a", "หนึ่ง", false), ("b", "", false)], back.Entries.Select(e => (e.Context!, e.Text, e.Obsolete)));
    }

    [Fact]
    public void Merge_twice_changes_nothing()
    {
        var template = Template(("a", "One"), ("b", "Two"));
        var once = Merge(template, [Entry("b", "Old", "เก่า"), Entry("x", "X", "เอ็กซ์")]);

        Assert.Equal(PoWriter.Write(once), PoWriter.Write(Merge(template, once.Entries)));
    }

    private static PoFile Merge(PoFile template, IReadOnlyList<PoEntry>? old) =>
        PoSync.Merge(template, old is null ? null : new PoFile(Header, old), LanguageTag.Thai);

    private static PoFile Template(params (string Id, string Source)[] texts) =>
        new(Header, [.. texts.Select(t => new PoEntry { Context = t.Id, Id = t.Source, Extracted = [" where"] })]);

    private static PoEntry Entry(string context, string id, string text, params string[] comments) =>
        new() { Context = context, Id = id, Strings = [text], Comments = comments };
}
