using Hotline.Conversations;
using Hotline.Server.Cases;
using Hotline.Server.Desk;
using Hotline.Triage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Hotline.Server.Tests.Desk;

public sealed class TicketDeskTests
{
    [Fact]
    public async Task Intake_EveryFactTwice_InAnyOrder_CountsOnce()
    {
        await using var f = await DeskFixture.StartAsync();
        var ticket = await f.TicketAsync(1);
        var at = f.Time.GetUtcNow();
        var facts = Enumerable.Range(2, 5)
            .Select(i => new RecordedEvent(EventId.Of(new($"{1:x32}"), i, 0), at.AddSeconds(i), new TurnEvent.MessageIn($"m{i}", 0, TriageAssessment.Nothing)))
            .ToList();
        foreach (var fact in facts.Concat(facts.AsEnumerable().Reverse()))
        {
            await f.Intake.ApplyAsync(DeskFixture.Entry(1, fact, new("tel:+66800000001")), [], default);
        }

        Assert.Equal(ticket, await f.TicketAsync(1));
        var view = await f.Desk.FindAsync(ticket, default);
        Assert.Equal(["m2", "m3", "m4", "m5", "m6"], view!.Lines.OfType<TimelineEntry.Fact>().Select(l => l.Event).OfType<TurnEvent.MessageIn>().Select(m => m.Text));
        Assert.Single(await f.Desk.QueueAsync(default));
        Assert.Equal(1, f.Metrics.Tickets(TriageLevel.R1).Value);
    }

    [Fact]
    public async Task Claim_TwoHundredAtOnce_OneWins()
    {
        await using var f = await DeskFixture.StartAsync();
        var ticket = await f.TicketAsync(1);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => f.Desk.ClaimAsync(ticket, $"staff{i}", default))));
        Assert.Single(outcomes, ClaimOutcome.Claimed);
        Assert.Equal(199, outcomes.Count(o => o == ClaimOutcome.Taken));
        await using var db = f.CreateDbContext();
        Assert.Single(await db.Commands.ToListAsync());
    }

    [Fact]
    public async Task Queue_IsByLevelThenByWaiting()
    {
        await using var f = await DeskFixture.StartAsync();
        var first = await f.TicketAsync(1);
        var second = await f.TicketAsync(2);
        var urgent = await f.TicketAsync(3);
        await using (var db = f.CreateDbContext())
        {
            await db.Tickets.Where(t => t.Id == urgent).ExecuteUpdateAsync(s => s.SetProperty(t => t.Level, TriageLevel.R0));
        }

        Assert.Equal([urgent, first, second], (await f.Desk.QueueAsync(default)).Select(r => r.Id));
        f.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.All(await f.Desk.QueueAsync(default), r => Assert.True(r.Overdue));
    }

    [Fact]
    public async Task Handoff_Claim_Reply_Close_GoThroughTheConversation()
    {
        await using var f = await DeskFixture.StartAsync();
        await f.WriteAsync(7, "hello");
        var asked = await f.WriteAsync(7, "human");
        var ticket = asked.Ticket!.Value.Value;
        Assert.Equal(ClaimOutcome.Claimed, await f.Desk.ClaimAsync(ticket, "s1", default));
        Assert.IsType<ReplyOutcome.NotYours>(await f.Desk.ReplyAsync(ticket, "s1", Guid.NewGuid(), "too early", 1000, default));
        await f.Courier.DeliverAsync(default);
        await f.BringAsync();
        var joined = await f.Desk.FindAsync(ticket, default);
        Assert.True(joined!.Joined);

        // the bot is silent, and the reply is stopped by what the person wrote meanwhile
        var held = await f.WriteAsync(7, "are you there");
        Assert.Equal(Control.Human, held.Control);
        var id = Guid.NewGuid();
        var stale = Assert.IsType<ReplyOutcome.Stale>(await f.Desk.ReplyAsync(ticket, "s1", id, "Hello, I am here", joined.LastSeq, default));
        Assert.Equal("are you there", ((TurnEvent.MessageIn)((TimelineEntry.Fact)stale.Missed.Single()).Event).Text);
        var seen = stale.Missed[^1].Seq;
        Assert.IsType<ReplyOutcome.Stored>(await f.Desk.ReplyAsync(ticket, "s1", id, "Hello, I am here", seen, default));
        Assert.IsType<ReplyOutcome.Stored>(await f.Desk.ReplyAsync(ticket, "s1", id, "Hello, I am here", seen, default));
        Assert.IsType<ReplyOutcome.NotYours>(await f.Desk.ReplyAsync(ticket, "s2", Guid.NewGuid(), "me too", 1000, default));

        // killed between the turn and the tick in the table: a second courier hands it over again, and it counts once
        await f.Courier.DeliverAsync(default);
        await using (var db = f.CreateDbContext())
        {
            await db.Replies.ExecuteUpdateAsync(s => s.SetProperty(r => r.State, ReplyState.Pending));
        }

        using (var second = f.NewCourier())
        {
            await second.DeliverAsync(default);
        }

        await f.BringAsync();
        var answered = await f.Desk.FindAsync(ticket, default);
        Assert.Single(answered!.Lines.OfType<TimelineEntry.Fact>(), l => l.Event is TurnEvent.MessageOut { Source: MessageSource.Staff });
        Assert.Equal(0, answered.PendingReplies);
        Assert.Null(answered.Entry.WaitingSince);

        Assert.IsType<CloseOutcome.NotYours>(await f.Desk.CloseAsync(ticket, "s2", TriageLevel.R3, answered.LastSeq, default));
        Assert.IsType<CloseOutcome.Closing>(await f.Desk.CloseAsync(ticket, "s1", TriageLevel.R3, answered.LastSeq, default));
        await f.Courier.DeliverAsync(default);
        await f.BringAsync();
        Assert.Empty(await f.Desk.QueueAsync(default));
        Assert.Equal(ClaimOutcome.Gone, await f.Desk.ClaimAsync(ticket, "s2", default));
        var back = await f.WriteAsync(7, "menu");
        Assert.Equal(Control.Bot, back.Control);
        Assert.Null(back.Ticket);
        Assert.Equal(TriageLevel.R3, back.Level);
    }

    [Fact]
    public async Task Note_NeverReachesTheConversation()
    {
        await using var f = await DeskFixture.StartAsync();
        await f.WriteAsync(8, "hello");
        var ticket = (await f.WriteAsync(8, "human")).Ticket!.Value.Value;
        var id = Guid.NewGuid();
        await f.Desk.NoteAsync(ticket, "s1", id, "calls from a shop", default);
        await f.Desk.NoteAsync(ticket, "s1", id, "calls from a shop", default);
        await f.Courier.DeliverAsync(default);
        await f.BringAsync();
        var view = await f.Desk.FindAsync(ticket, default);
        Assert.Single(view!.Lines.OfType<TimelineEntry.Note>(), n => n.Text == "calls from a shop");
        Assert.DoesNotContain(view.Lines.OfType<TimelineEntry.Fact>(), l => l.Event is TurnEvent.MessageOut { Source: MessageSource.Staff });
    }

    [Fact]
    public async Task Feed_IsNumberedWithoutGaps_AlsoUnderManyWriters()
    {
        await using var f = await DeskFixture.StartAsync();
        await Task.WhenAll(Enumerable.Range(10, 20).Select(i => Task.Run(() => f.TicketAsync(i))));
        await f.Feed.NumberAsync(default);
        var entries = await f.Feed.ReadAsync(0, 1000, default);
        Assert.Equal(Enumerable.Range(1, entries.Count).Select(n => (long)n), entries.Select(e => e.Number));
        Assert.Equal(20, entries.Count(e => e.Kind == "ticket_opened"));
        Assert.Equal([entries[^1]], await f.Feed.ReadAsync(entries.Count - 1, 10, default));
    }

    [Fact]
    public async Task Database_UpgradesFromNothing_AndIsStable()
    {
        await using var f = await DeskFixture.StartAsync();
        await using var db = f.CreateDbContext();
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
        await db.Database.MigrateAsync();
    }
}
