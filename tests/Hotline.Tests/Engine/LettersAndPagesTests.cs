using Hotline.Content;
using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Tests.Text;
using Hotline.Text;
using Xunit;

namespace Hotline.Tests.Engine;

/// <summary>What a phone can draw, and how much of a text fits it: on the real content.</summary>
public sealed class LettersAndPagesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly ContentSnapshot Real = ContentLoader.Load(ContentFiles.FromFolder(ContentFolder.Root), new() { Development = true }).Snapshot!;

    private static (Conversation After, List<TurnEvent.MessageOut> Texts, TurnEvent.MessageIn In) Write(
        Conversation c, string message, ContentSnapshot? content = null, TimeSpan? after = null)
    {
        var result = TurnEngine.Run(content ?? Real, c, new TurnInput.MessageReceived("m", message), (c.LastTurn ?? Start) + (after ?? TimeSpan.FromMinutes(1)));
        var stored = ConversationJson.Read(ConversationJson.Write(result.Conversation));
        var events = result.Events.Select(e => ConversationJson.ReadEvent(ConversationJson.Write(e)).Event).ToList();
        return (stored, [.. events.OfType<TurnEvent.MessageOut>()], events.OfType<TurnEvent.MessageIn>().Single());
    }

    private static Conversation Burmese() => EngineContent.Begin() with { Language = LanguageTag.Burmese, LastTurn = Start };

    [Fact]
    public void Who_types_Zawgyi_is_answered_in_it_and_staff_see_both()
    {
        var (c, texts, message) = Write(Burmese(), "အလုပ္အေၾကာင္းေမးခ်င္လို႔ပါ");
        Assert.Equal("အလုပ်အကြောင်းမေးချင်လို့ပါ", message.InUnicode);
        Assert.All(texts, t => Assert.Equal(t.Text, Zawgyi.FromUnicode(t.InUnicode!)));
        Assert.Equal((null, BurmeseLetters.Zawgyi), (c.Letters, c.LettersSeen));

        (c, texts, _) = Write(c, "1");
        Assert.NotNull(texts[0].InUnicode); // a digit changes nothing
        (_, texts, message) = Write(c, "ကျေးဇူးတင်ပါတယ်");
        Assert.Null(message.InUnicode);
        Assert.All(texts, t => Assert.Null(t.InUnicode));
    }

    [Fact]
    public void The_own_choice_wins_over_what_is_seen()
    {
        var (c, texts, _) = Write(Burmese(), "unicode");
        Assert.Equal(BurmeseLetters.Unicode, c.Letters);
        Assert.NotEmpty(texts);
        (c, texts, var message) = Write(c, "အလုပ္အေၾကာင္းေမးခ်င္လို႔ပါ");
        Assert.NotNull(message.InUnicode); // staff still see both
        Assert.All(texts, t => Assert.Null(t.InUnicode));
        (c, texts, _) = Write(c, "ေဇာ္ဂ်ီ");
        Assert.Equal(BurmeseLetters.Zawgyi, c.Letters);
        Assert.All(texts, t => Assert.NotNull(t.InUnicode));
    }

    [Fact]
    public void The_word_Zawgyi_as_the_first_word_speaks_Burmese()
    {
        var (c, texts, _) = Write(EngineContent.Begin(), "Zawgyi");
        Assert.Equal(LanguageTag.Burmese, c.Language);
        Assert.All(texts, t => Assert.NotNull(t.InUnicode));
    }

    [Fact]
    public void Staff_write_Unicode_and_the_phone_gets_what_it_draws()
    {
        var c = Burmese() with { Letters = BurmeseLetters.Zawgyi, Ticket = new("t"), Control = Control.Human };
        var result = TurnEngine.Run(Real, c, new TurnInput.StaffMessage(new Guid(1, 0, 0, new byte[8]), new("t"), new("staff-1"), "ကျွန်တော် ကူညီပါမယ်"), Start);
        var text = result.Events.Select(e => e.Event).OfType<TurnEvent.MessageOut>().Single();
        Assert.Equal(("ကြၽန္ေတာ္ ကူညီပါမယ္", "ကျွန်တော် ကူညီပါမယ်"), (text.Text, text.InUnicode));
    }

    [Theory]
    [InlineData("saya mau tanya soal kerja", "Pilih bahasa")]
    [InlineData("toi muon hoi ve viec lam", "Chọn ngôn ngữ")]
    [InlineData("ข้อยอยากถามเรื่องเวียก", "ເລືອກພາສາ")]
    public void A_guess_is_only_proposed(string message, string proposed)
    {
        var (c, texts, _) = Write(EngineContent.Begin(), message);
        Assert.Null(c.Language);
        var question = texts.Single(t => t.Choices.Count == Real.Line.Languages.Count);
        Assert.Contains(proposed, question.Text, StringComparison.Ordinal);
        Assert.Contains(message[0] < 'z' ? "Choose your language" : "เลือกภาษา", question.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void More_sends_the_next_page_and_the_question_waits()
    {
        var (content, text) = LongStory();
        var c = EngineContent.Begin() with { Address = new("tel:+10000000000"), Language = LanguageTag.English, LastTurn = Start };
        (c, var texts, _) = Write(c, "STORY1", content);
        var page = texts.Single(t => t.Text.EndsWith("write MORE.", StringComparison.Ordinal));
        Assert.NotNull(c.Rest);
        var waits = c.Flow!.WaitToken;
        var read = page.Text.Split('\n')[0];
        for (var pages = 0; c.Rest is not null; pages++)
        {
            Assert.True(pages < SmsPages.Most);
            (c, texts, _) = Write(c, "more", content);
            read += " " + Assert.Single(texts).Text.Split('\n')[0];
            Assert.Equal(waits, c.Flow!.WaitToken);
        }

        Assert.Equal(text, read);
        (_, texts, _) = Write(c, "more", content);
        Assert.NotEmpty(Assert.Single(texts).Choices); // nothing is left: the question again
    }

    [Theory]
    [InlineData("hide")]
    [InlineData("stop")]
    public void What_is_left_does_not_outlive_the_wish_to_be_left_alone(string word)
    {
        var c = EngineContent.Begin() with { Language = LanguageTag.English, LastTurn = Start, Rest = new("more of it", LanguageTag.English, Start) };
        Assert.Null(Write(c, word).After.Rest);
    }

    [Fact]
    public void More_after_a_day_means_something_else()
    {
        var c = EngineContent.Begin() with { Language = LanguageTag.English, LastTurn = Start, Rest = new("more of it", LanguageTag.English, Start) };
        Assert.DoesNotContain(Write(c, "more", after: TimeSpan.FromHours(25)).Texts, t => t.Text == "more of it");
        Assert.Contains(Write(c, "more").Texts, t => t.Text == "more of it");
    }

    [Fact]
    public void A_chat_window_has_no_pages()
    {
        var (content, text) = LongStory();
        var (c, texts, _) = Write(EngineContent.Begin() with { Language = LanguageTag.English, LastTurn = Start }, "STORY1", content);
        Assert.Contains(texts, t => t.Text == text);
        Assert.Null(c.Rest);
    }

    /// <summary>The real content with one text of nine SMS before the story's first question.</summary>
    private static (ContentSnapshot Content, string Text) LongStory()
    {
        var text = string.Join(" ", Enumerable.Range(0, 180).Select(i => $"word{i % 60}{(char)(97 + (i / 60))}."));
        var file = ContentFiles.FromFolder(ContentFolder.Root);
        var story = file.All.Single(f => f.Key.EndsWith("story_typing_job.yaml", StringComparison.Ordinal));
        var yaml = System.Text.Encoding.UTF8.GetString(story.Value);
        var start = yaml.Split("start: ")[1].Split('\n')[0].Trim();
        yaml = yaml.Replace($"start: {start}", "start: long_text", StringComparison.Ordinal)
            .Replace("nodes:\n", $"nodes:\n  long_text: {{ say: \"{text}\", next: {start} }}\n", StringComparison.Ordinal);
        var changed = file.All.SetItem(story.Key, System.Text.Encoding.UTF8.GetBytes(yaml));
        var load = ContentLoader.Load(ContentFiles.Of(changed), new() { Development = true });
        Assert.True(load.Snapshot is not null, string.Join('\n', load.Diagnostics.Where(d => d.Severity == Sources.Severity.Error)));
        return (load.Snapshot!, text);
    }
}
