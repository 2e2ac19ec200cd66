using Hotline.Conversations;
using Hotline.Triage;
using Xunit;

namespace Hotline.Tests.Engine;

public sealed class TurnEngineTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_removed_node_sends_to_the_menu_with_a_word()
    {
        var waiting = Say(EngineContent.Begin(), "JOB1", "1").Conversation;

        var result = TurnEngine.Run(EngineContent.Without("job_offer", waiting.Flow!.Frames[^1].Node.Value), waiting, Message("1"), Now);

        Assert.Contains("<node_removed>", Texts(result));
        Assert.Equal(new FlowId("menu"), result.Conversation.Flow!.Frames[^1].Flow);
        Assert.Null(result.Conversation.Ticket);
    }

    [Fact]
    public void A_removed_node_of_the_waiting_flow_brings_a_human()
    {
        var waiting = TurnEngine.Run(EngineContent.Snapshot, EngineContent.Begin(), Message("hello"), Now).Conversation with
        {
            Flow = new([new(new("waiting"), new("gone"))], "token", Now, "old"),
        };

        var result = TurnEngine.Run(EngineContent.Snapshot, waiting, Message("1"), Now);

        Assert.Contains(result.Events, e => e.Event is TurnEvent.HandoffRequested { Level: TriageLevel.R1, Reason: "node_removed" });
        Assert.Equal(new FlowId("waiting"), result.Conversation.Flow!.Frames[^1].Flow);
    }

    [Fact]
    public void A_close_that_has_not_seen_the_last_message_does_nothing()
    {
        var opened = TurnEngine.Run(EngineContent.Snapshot, EngineContent.Begin(), new TurnInput.TurnFailed("m", "x", null), Now).Conversation;
        var ticket = opened.Ticket!.Value;
        var written = TurnEngine.Run(EngineContent.Snapshot, opened, Message("one more"), Now.AddSeconds(5)).Conversation;

        var early = TurnEngine.Run(EngineContent.Snapshot, written, new TurnInput.TicketClosed(ticket, TriageLevel.R3) { Seen = Now.AddSeconds(4) }, Now.AddSeconds(6));
        var seen = TurnEngine.Run(EngineContent.Snapshot, written, new TurnInput.TicketClosed(ticket, TriageLevel.R3) { Seen = Now.AddSeconds(5) }, Now.AddSeconds(6));

        Assert.False(early.Changed);
        Assert.Equal(ticket, early.Conversation.Ticket);
        Assert.Null(seen.Conversation.Ticket);
    }

    [Fact]
    public void The_ticket_is_the_event_that_opened_it()
    {
        var result = TurnEngine.Run(EngineContent.Snapshot, EngineContent.Begin(), new TurnInput.TurnFailed("m", "x", null), Now);

        var opened = Assert.Single(result.Events, e => e.Event is TurnEvent.HandoffRequested);
        Assert.Equal(opened.Id.Value, result.Conversation.Ticket!.Value.Value);
        Assert.Equal(EventId.Of(result.Conversation.Id, 1, result.Events.ToList().IndexOf(opened)), opened.Id);
    }

    [Fact]
    public void A_second_failure_within_a_minute_does_not_ring_again_and_later_does_not_lower()
    {
        var first = TurnEngine.Run(EngineContent.Snapshot, EngineContent.Begin(), new TurnInput.TurnFailed("m", "x", null), Now);
        var second = TurnEngine.Run(EngineContent.Snapshot, first.Conversation, new TurnInput.TurnFailed("n", "x", null), Now.AddSeconds(30));

        Assert.DoesNotContain(second.Events, e => e.Event is TurnEvent.TicketRang or TurnEvent.HandoffRequested);
        Assert.Equal(TriageLevel.R1, second.Conversation.Level);
    }

    [Fact]
    public void Over_the_limit_of_an_hour_the_bot_is_silent_and_staff_are_told_once()
    {
        var c = EngineContent.Begin();
        var told = 0;
        var silent = 0;
        for (var i = 0; i < 40; i++)
        {
            var result = TurnEngine.Run(EngineContent.Snapshot, c, Message("hm"), Now.AddSeconds(i));
            told += result.Events.Count(e => e.Event is TurnEvent.FlagChanged { Flag: "flooded", On: true });
            silent += Texts(result).Count == 0 ? 1 : 0;
            c = result.Conversation;
        }

        Assert.Equal(1, told);
        Assert.InRange(silent, 10, 39);
        Assert.NotEmpty(Texts(TurnEngine.Run(EngineContent.Snapshot, c, Message("hm"), Now.AddHours(2))));
    }

    [Theory]
    [InlineData("opted_out")]
    [InlineData("hidden")]
    [InlineData("not_safe")]
    [InlineData("ticket_closed")]
    public void A_staff_reply_that_may_not_be_sent_is_held_and_says_why(string why)
    {
        var ticket = new TicketId("t");
        var c = EngineContent.Begin() with
        {
            Ticket = why == "ticket_closed" ? null : ticket,
            Control = Control.Human,
            OptedOut = why == "opted_out",
            Hidden = why is "opted_out" or "hidden",
            NotSafe = why is not "ticket_closed",
        };

        var result = TurnEngine.Run(EngineContent.Snapshot, c, new TurnInput.StaffMessage(Guid.Empty, ticket, new("s"), "words"), Now);

        Assert.Equal(why, Assert.IsType<TurnEvent.MessageOut>(Assert.Single(result.Events).Event).Held);
    }

    [Fact]
    public void Time_never_goes_back()
    {
        var c = TurnEngine.Run(EngineContent.Snapshot, EngineContent.Begin(), Message("hello"), Now).Conversation;

        Assert.Equal(Now, TurnEngine.Run(EngineContent.Snapshot, c, Message("1"), Now.AddHours(-1)).Conversation.LastTurn);
    }

    [Fact]
    public void Hidden_gets_the_cover_text_only_and_a_flow_does_not_move()
    {
        var c = TurnEngine.Run(EngineContent.Snapshot, EngineContent.Begin(), Message("JOB1"), Now).Conversation with { Hidden = true };

        var result = TurnEngine.Run(EngineContent.Snapshot, c, Message("1"), Now);

        Assert.Equal(["<cover>"], Texts(result));
        Assert.Equal(c.Flow, result.Conversation.Flow);
    }

    [Fact]
    public void Deleting_is_done_after_one_and_hides()
    {
        var c = TurnEngine.Run(EngineContent.Snapshot, EngineContent.Begin(), Message("hello"), Now).Conversation with { Confirming = "delete" };

        var yes = TurnEngine.Run(EngineContent.Snapshot, c, Message("1"), Now);
        var no = TurnEngine.Run(EngineContent.Snapshot, c, Message("wait"), Now);

        Assert.Contains(yes.Events, e => e.Event is TurnEvent.DeletionAsked);
        Assert.True(yes.Conversation.Hidden);
        Assert.Equal(["<delete_kept>"], Texts(no));
    }

    [Fact]
    public void After_a_plea_a_short_answer_that_is_no_clear_no_is_urgent()
    {
        var asked = TurnEngine.Run(EngineContent.Snapshot, EngineContent.Begin(), Message("hello"), Now).Conversation with
        {
            SafetyAsked = true,
            Flow = new([new(new("menu"), new("pick")), new(new("safety"), new("danger"))], "token", Now, "old"),
        };

        var vague = TurnEngine.Run(EngineContent.Snapshot, asked, Message("hm"), Now);
        var clear = TurnEngine.Run(EngineContent.Snapshot, asked, Message("2"), Now);

        Assert.Contains(vague.Events, e => e.Event is TurnEvent.HandoffRequested { Level: TriageLevel.R1 });
        Assert.Equal(new FlowId("waiting"), vague.Conversation.Flow!.Frames[0].Flow);
        Assert.Null(clear.Conversation.Ticket);
        Assert.False(clear.Conversation.SafetyAsked);
    }

    [Fact]
    public void Who_says_that_it_is_not_safe_gets_one_word_more_and_then_nothing_until_they_write()
    {
        var asked = EngineContent.Begin() with
        {
            LastTurn = Now,
            Ticket = new("t"),
            Control = Control.WaitingHuman,
            Flow = new([new(new("waiting"), new("told")), new(new("safety"), new("write"))], "token", Now, "old"),
        };

        var no = TurnEngine.Run(EngineContent.Snapshot, asked, Message("2"), Now);
        var staff = TurnEngine.Run(EngineContent.Snapshot, no.Conversation, new TurnInput.StaffMessage(Guid.Empty, new("t"), new("s"), "x"), Now);
        var again = TurnEngine.Run(EngineContent.Snapshot, no.Conversation, Message("hello"), Now);

        Assert.Equal(["OK. Write when it is safe."], Texts(no));
        Assert.Null(no.Conversation.Flow);
        Assert.True(no.Conversation.NotSafe);
        Assert.Equal("not_safe", Assert.IsType<TurnEvent.MessageOut>(staff.Events[0].Event).Held);
        Assert.False(again.Conversation.NotSafe);
        Assert.NotEmpty(Texts(again));
    }

    [Fact]
    public void A_message_over_4000_units_is_marked_cut_and_kept_whole()
    {
        var result = TurnEngine.Run(EngineContent.Snapshot, EngineContent.Begin(), Message(new string('x', 4001)), Now);

        var written = result.Events.Select(e => e.Event).OfType<TurnEvent.MessageIn>().Single();
        Assert.True(written.Cut);
        Assert.Equal(4001, written.Text.Length);
    }

    private static TurnResult Say(Conversation c, params string[] messages)
    {
        TurnResult result = new(c, []);
        foreach (var message in messages)
        {
            result = TurnEngine.Run(EngineContent.Snapshot, result.Conversation, Message(message), Now);
        }

        return result;
    }

    private static TurnInput.MessageReceived Message(string text) => new("m", text);

    private static List<string> Texts(TurnResult result) =>
        [.. result.Events.Select(e => e.Event).OfType<TurnEvent.MessageOut>().Select(m => m.Text)];
}
