using Hotline.Cases;
using Hotline.Conversations;
using Hotline.Server.Cases;
using Hotline.Server.Desk;
using Hotline.Triage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hotline.Server.Tests.Desk;

/// <summary>The end of a talk, and what may come in between: nobody's words end in a closed ticket unread.</summary>
public sealed class CloseTests
{
    [Fact]
    public async Task Close_AfterALineThatIsNotInView_IsStoppedAndShowsIt()
    {
        await using var f = await DeskFixture.StartAsync();
        var (ticket, seen) = await HeldAsync(f, 1);
        await f.WriteAsync(1, "he is coming back");
        var stale = Assert.IsType<CloseOutcome.Stale>(await f.Desk.CloseAsync(ticket, "s1", TriageLevel.R3, seen, default));
        Assert.Single(stale.Missed);
        Assert.Equal(TicketState.Active, (await f.Desk.FindAsync(ticket, default))!.Entry.State);
        Assert.IsType<CloseOutcome.Closing>(await f.Desk.CloseAsync(ticket, "s1", TriageLevel.R3, stale.Missed[^1].Seq, default));
    }

    [Fact]
    public async Task Close_WhileAMessageIsOnItsWayToTheDesk_LeavesTheTicketWithItsOwner()
    {
        await using var f = await DeskFixture.StartAsync();
        var (ticket, seen) = await HeldAsync(f, 1);
        await f.CommitAsync(1, "he is coming back"); // with the conversation, not yet at the desk
        Assert.IsType<CloseOutcome.Closing>(await f.Desk.CloseAsync(ticket, "s1", TriageLevel.R3, seen, default));
        Assert.Equal(TicketState.WrapUp, (await f.Desk.FindAsync(ticket, default))!.Entry.State);
        await f.Courier.DeliverAsync(default);
        await f.BringAsync();

        var back = (await f.Desk.FindAsync(ticket, default))!;
        Assert.Equal((TicketState.Active, "s1", true), (back.Entry.State, back.Entry.Owner, back.Joined));
        Assert.NotNull(back.Entry.WaitingSince);
        Assert.Single(await f.Desk.QueueAsync(default));
        Assert.Equal(Control.Human, (await f.WriteAsync(1, "are you there")).Control);

        var last = (await f.Desk.FindAsync(ticket, default))!.LastSeq;
        await f.Desk.CloseAsync(ticket, "s1", TriageLevel.R3, last, default);
        await f.Courier.DeliverAsync(default);
        Assert.Equal(TicketState.Closed, (await f.Desk.FindAsync(ticket, default))!.Entry.State);
        Assert.Equal(Control.Bot, (await f.WriteAsync(1, "menu")).Control);
    }

    [Fact]
    public async Task Close_DeliveredTwice_ClosesOnce()
    {
        await using var f = await DeskFixture.StartAsync();
        var (ticket, seen) = await HeldAsync(f, 1);
        await f.Desk.CloseAsync(ticket, "s1", TriageLevel.R3, seen, default);
        await f.Courier.DeliverAsync(default);
        await using (var db = f.CreateDbContext())
        {
            await db.Commands.ExecuteUpdateAsync(s => s.SetProperty(c => c.Done, false)); // killed before the tick in the table
        }

        using var second = f.NewCourier();
        await second.DeliverAsync(default);
        await f.BringAsync();
        Assert.Equal(TicketState.Closed, (await f.Desk.FindAsync(ticket, default))!.Entry.State);
        Assert.Single(await f.Feed.ReadAsync(0, 1000, default), e => e.Kind == "closed");
        Assert.Equal(Control.Bot, (await f.WriteAsync(1, "menu")).Control);
    }

    [Fact]
    public async Task SecondTicket_TellsTheWholeStory_AndWaitsForAnAnswerOfItsOwn()
    {
        await using var f = await DeskFixture.StartAsync();
        var (first, seen) = await HeldAsync(f, 1);
        await f.Desk.ReplyAsync(first, "s1", Guid.NewGuid(), "I am here", seen, default);
        await f.Courier.DeliverAsync(default);
        await f.BringAsync();
        await f.Desk.CloseAsync(first, "s1", TriageLevel.R3, (await f.Desk.FindAsync(first, default))!.LastSeq, default);
        await f.Courier.DeliverAsync(default);
        await f.BringAsync();

        var second = (await f.WriteAsync(1, "human")).Ticket!.Value.Value;
        Assert.NotEqual(first, second);
        var view = (await f.Desk.FindAsync(second, default))!;
        var texts = view.Lines.OfType<TimelineEntry.Fact>().Select(l => l.Event).OfType<TurnEvent.MessageOut>().Select(m => m.Text);
        Assert.Contains("I am here", texts);
        Assert.Equal([first], view.Earlier);
        Assert.NotNull(view.Entry.WaitingSince);
        Assert.Null(view.Entry.Owner);
    }

    [Fact]
    public async Task Courier_ATicketThatCannotBeDelivered_KeepsNobodyElseWaiting()
    {
        await using var f = await DeskFixture.StartAsync();
        await using (var db = f.CreateDbContext())
        {
            db.Commands.Add(new CommandRow { Ticket = "no-such-ticket", Command = DeskCommand.Join, Staff = "s1" });
            await db.SaveChangesAsync();
        }

        var (ticket, _) = await HeldAsync(f, 1);
        Assert.True((await f.Desk.FindAsync(ticket, default))!.Joined);
    }

    [Fact]
    public async Task Reply_WhenTheConversationIsGone_IsShownAsNotSent()
    {
        await using var f = await DeskFixture.StartAsync();
        var ticket = await f.TicketAsync(5); // opened by a fact whose conversation does not exist
        await f.Desk.ClaimAsync(ticket, "s1", default);
        await f.Courier.DeliverAsync(default);
        Assert.True((await f.Desk.FindAsync(ticket, default))!.CannotJoin);
        await using (var db = f.CreateDbContext())
        {
            await db.Tickets.ExecuteUpdateAsync(s => s.SetProperty(t => t.Joined, true));
        }

        await f.Desk.ReplyAsync(ticket, "s1", Guid.NewGuid(), "I am here", 1000, default);
        await f.Courier.DeliverAsync(default);
        var view = (await f.Desk.FindAsync(ticket, default))!;
        Assert.Equal((0, 1), (view.PendingReplies, view.FailedReplies));
    }

    /// <summary>A ticket that s1 has claimed and joined, and the last line in view.</summary>
    private static async Task<(string Ticket, long Seen)> HeldAsync(DeskFixture f, int person)
    {
        await f.WriteAsync(person, "hello");
        var ticket = (await f.WriteAsync(person, "human")).Ticket!.Value.Value;
        Assert.Equal(ClaimOutcome.Claimed, await f.Desk.ClaimAsync(ticket, "s1", default));
        await f.Courier.DeliverAsync(default);
        await f.BringAsync();
        return (ticket, (await f.Desk.FindAsync(ticket, default))!.LastSeq);
    }
}
