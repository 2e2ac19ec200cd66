using System.Globalization;
using System.Text;
using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Resources;
using Hotline.Text;
using Hotline.Triage;

namespace Hotline.Flows;

/// <summary>
/// The workbench of one turn: the conversation as it becomes, and the facts so far. Nodes and the engine change
/// both only through here, so ids of events and the rules on tickets stand in one place.
/// </summary>
internal sealed class FlowRun(FlowWorld world, Conversation before, DateTimeOffset now)
{
    private const int FieldLength = 200;
    private const int MostFields = 24;
    private static readonly TimeSpan RingPause = TimeSpan.FromSeconds(60);

    /// <summary>Whoever writes MORE later means something else.</summary>
    private static readonly TimeSpan RestLasts = TimeSpan.FromDays(1);

    private readonly List<RecordedEvent> _facts = [];
    private readonly long _version = before.Version + 1;
    private bool _replied;

    public FlowWorld World => world;

    public Conversation Conversation { get; set; } = before;

    public DateTimeOffset Now => now;

    public IReadOnlyList<RecordedEvent> Facts => _facts;

    /// <summary>Whether texts of the bot go out in this turn; the engine decides it before anything is said.</summary>
    public bool Mute { get; set; }

    /// <summary>Language to speak while none is stored: the script's, or the client's proposal.</summary>
    public LanguageTag? Hint { get; set; }

    /// <summary>The language that the message looks like, certain or not: the question for the language is asked in it too.</summary>
    public LanguageTag? Proposal { get; set; }

    /// <summary>The flow that could not go on, when one could not.</summary>
    public FlowId? Broken { get; set; }

    public LanguageTag Language => Conversation.Language ?? Hint ?? Conversation.SpokenIn ?? LanguageTag.English;

    public EventId Add(TurnEvent fact)
    {
        var id = EventId.Of(Conversation.Id, _version, _facts.Count);
        _facts.Add(new(id, now, fact));
        return id;
    }

    public void Say(TextRef text) => Send(Render(text), []);

    public void Ask(TextRef question, IReadOnlyList<TextRef> options) =>
        Ask(Render(question), [.. options.Select((o, i) => new Choice(Number(i), Render(o).Text))]);

    public void AskLanguage(TextRef question)
    {
        var (text, language) = Render(question);
        if (Conversation.Language is null && Proposal is { } likely && likely != language && world.Languages.Contains(likely))
        {
            text += "\n" + world.Catalogs.Find(question, likely).Text;
        }

        Ask((text, language), [.. world.Languages.Select((l, i) => new Choice(Number(i), LanguageNames.Of(l), l))]);
    }

    public void SayResource(Resource resource)
    {
        var lines = new List<string> { $"{Render(resource.Name).Text}: {Render(resource.What).Text}" };
        lines.AddRange(resource.Numbers.Select(n => n.Number));
        if (resource.Web is not null)
        {
            lines.Add(resource.Web);
        }

        Send((string.Join('\n', lines), Render(resource.Name).Language), []);
    }

    public int? Choose(string message, IReadOnlyList<TextRef> options) =>
        PlainNumber(message, options.Count)
        ?? world.Words.Choose(message, Language, [.. options.Select(o => Render(o).Text)]);

    public bool? YesOrNo(string message) => world.Words.YesOrNo(message, Language);

    public LanguageTag? ChooseLanguage(string message)
    {
        if ((PlainNumber(message, world.Languages.Count)
            ?? world.Words.Choose(message, Language, [.. world.Languages.Select(LanguageNames.Of)])) is { } number)
        {
            return world.Languages[number - 1];
        }

        return world.Words.FindLanguageName(message) is { } named && world.Languages.Contains(named) ? named : null;
    }

    public void SetLanguage(LanguageTag tag)
    {
        if (Conversation.Language != tag)
        {
            Conversation = Conversation with { Language = tag, SpokenIn = null, Rest = null };
            Add(new TurnEvent.LanguageChosen(tag));
        }
    }

    public void Set(string field, string value)
    {
        if (field == "safe" && value == "no")
        {
            Conversation = Conversation with { NotSafe = true, Rest = null };
            Add(new TurnEvent.FlagChanged("not_safe", true));
        }

        if (Conversation.Fields.Count < MostFields || Conversation.Fields.ContainsKey(field))
        {
            var end = Math.Min(value.Length, FieldLength);
            end -= end < value.Length && char.IsHighSurrogate(value[end - 1]) ? 1 : 0;
            Conversation = Conversation with { Fields = Conversation.Fields.SetItem(field, value[..end]) };
        }
    }

    /// <summary>Raises the recorded level; never lowers it.</summary>
    public void Raise(TriageLevel level)
    {
        if (level > Conversation.Level)
        {
            Add(new TurnEvent.TriageRaised(Conversation.Level, level));
            Conversation = Conversation with { Level = level };
        }
    }

    /// <summary>Opens a ticket, or rings the open one again when there is new danger and the last ring is over a minute old.</summary>
    public void WantHuman(TriageLevel level, string reason)
    {
        var rose = level > Conversation.Level;
        Raise(level);
        if (Conversation.Ticket is { } open)
        {
            if ((rose || level == TriageLevel.R0) && (Conversation.LastRing is not { } last || now - last > RingPause))
            {
                Add(new TurnEvent.TicketRang(open, level));
                Conversation = Conversation with { LastRing = now };
            }

            return;
        }

        var id = Add(new TurnEvent.HandoffRequested(level, reason, Conversation.OptedOut));
        Conversation = Conversation with
        {
            Ticket = new(id.Value),
            LastRing = now,
            Control = Conversation.Control == Control.Human ? Control.Human : Control.WaitingHuman,
        };
    }

    public (string Text, LanguageTag Language) Render(TextRef text)
    {
        var (found, language) = world.Catalogs.Find(text, Language);
        return (MessageText.Format(found, name => Value(name, language)), language);
    }

    /// <summary>The text as this person's phone can draw it, and as it was when that differs.</summary>
    public (string Text, string? InUnicode) ForPhone(string text) =>
        Conversation.ReadsZawgyi && Zawgyi.FromUnicode(text) is var drawn && drawn != text ? (drawn, text) : (text, null);

    /// <summary>Sends the next page of what is left, if anything is and it is not too old.</summary>
    public bool SayMore()
    {
        if (Conversation.Rest is not { } rest || now - rest.Since > RestLasts)
        {
            return false;
        }

        Conversation = Conversation with { Rest = null };
        Send((rest.Text, rest.Language), []);
        return true;
    }

    /// <summary>Of a long text on an SMS line the first page, with a word on how to read on; the rest is kept.</summary>
    private string Page(string text, LanguageTag language)
    {
        if (!Conversation.Address.IsPaged)
        {
            return text;
        }

        var hint = world.More is { } more ? world.Catalogs.Find(more, language).Text : "";
        var (first, left) = SmsPages.Cut(text, hint);
        if (left is null)
        {
            return first;
        }

        var waiting = Conversation.Rest is { } old && old.Since == now ? old.Text + "\n" + left : left;
        Conversation = Conversation with { Rest = new(SmsPages.Keep(waiting), language, now) };
        return first;
    }

    private static string Number(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

    private static int? PlainNumber(string message, int most) =>
        int.TryParse(message.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= most ? n : null;

    private void Ask((string Text, LanguageTag Language) question, IReadOnlyList<Choice> choices)
    {
        var made = new StringBuilder(question.Text);
        foreach (var choice in choices)
        {
            made.Append('\n').Append(choice.Value).Append(' ').Append(choice.Title);
        }

        Send((made.ToString(), question.Language), choices);
    }

    private void Send((string Text, LanguageTag Language) rendered, IReadOnlyList<Choice> choices)
    {
        // who has just said that it is not safe gets nothing more, whatever the flow goes on to say
        if (Mute || Conversation.NotSafe || rendered.Text.Length == 0)
        {
            return;
        }

        var page = choices.Count > 0 ? rendered.Text : Page(rendered.Text, rendered.Language);
        var (text, unicode) = ForPhone(page);
        Add(new TurnEvent.MessageOut(text, rendered.Language, MessageSource.Bot)
        {
            InUnicode = unicode,
            Choices = unicode is null ? choices : [.. choices.Select(c => c with { Title = Zawgyi.FromUnicode(c.Title) })],
            MustArrive = Conversation.Level >= TriageLevel.R2,
        });
        Conversation = Conversation with
        {
            SpokenIn = Conversation.Language is null ? rendered.Language : null,
            RepliesInHour = Conversation.RepliesInHour + (_replied ? 0 : 1),
        };
        _replied = true;
    }

    private string? Value(string name, LanguageTag language)
    {
        if (name.StartsWith("phone:", StringComparison.Ordinal))
        {
            return world.Resources.Phone(name["phone:".Length..], now);
        }

        return world.Placeholder(name) is { Source.Length: > 0 } text ? world.Catalogs.Find(text, language).Text : null;
    }
}
