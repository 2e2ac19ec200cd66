using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Hotline.Cases;
using Hotline.Conversations;
using Hotline.Server.Cases;
using Hotline.Server.Privacy;
using Hotline.Server.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace Hotline.Server.Desk;

/// <summary>
/// Brings to conversations what the desk has written down: joins, levels, replies, closes; in the order of writing per
/// ticket, again and again until the turn is committed, also after a restart. The inputs are idempotent.
/// </summary>
internal sealed class DeskCourier(IDbContextFactory<CasesDb> databases, KeyStore keys, TurnHandler turns, CaseFeed feed, CourierWatch watch)
    : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _wake = new(0, 1);

    public void Wake()
    {
        try
        {
            _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // awake already
        }
    }

    /// <summary>Tries all that waits now, once. A ticket that fails keeps nobody else waiting. Returns how much was delivered.</summary>
    public async Task<int> DeliverAsync(CancellationToken ct)
    {
        IReadOnlyList<string> tickets;
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            var pending = db.Replies.Where(r => r.State == ReplyState.Pending).Select(r => r.Ticket);
            tickets = await db.Commands.Where(c => !c.Done).Select(c => c.Ticket).Union(pending).ToListAsync(ct);
        }

        var delivered = 0;
        foreach (var ticket in tickets)
        {
            try
            {
                delivered += await TicketAsync(ticket, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                throw;
            }
            catch (StoreUnavailableException e) when (!e.IsOfOneConversation)
            {
                throw; // it is away for all of them
            }
#pragma warning disable CA1031 // one ticket's fault must not hold back the others'; it is tried again
            catch (Exception e)
            {
                watch.Log.TicketStopped(ticket, e.GetType().Name);
            }
#pragma warning restore CA1031
        }

        if (delivered > 0)
        {
            await feed.NumberAsync(ct);
        }

        return delivered;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await DeliverAsync(stoppingToken) == 0)
                {
                    await _wake.WaitAsync(Poll, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // a courier that dies leaves replies unsent: say what happened and go on
            catch (Exception e)
            {
                watch.Log.CourierStopped(e.GetType().Name);
                await Task.Delay(Poll, watch.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning restore CA1031
        }
    }

    private async Task<int> TicketAsync(string ticket, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = await db.Tickets.SingleAsync(t => t.Id == ticket, ct);
        var commands = await db.Commands.Where(c => c.Ticket == ticket && !c.Done).OrderBy(c => c.Seq).ToListAsync(ct);
        var replies = await db.Replies.Where(r => r.Ticket == ticket && r.State == ReplyState.Pending).OrderBy(r => r.At).ToListAsync(ct);
        foreach (var command in commands.Where(c => c.Command != DeskCommand.Close))
        {
            await CommandAsync(db, row, command, ct);
        }

        foreach (var reply in replies)
        {
            await ReplyAsync(db, row, reply, ct);
        }

        // last: what was written before the close goes out before the bot speaks again
        foreach (var command in commands.Where(c => c.Command == DeskCommand.Close))
        {
            await CommandAsync(db, row, command, ct);
        }

        return commands.Count + replies.Count;
    }

    private async Task CommandAsync(CasesDb db, TicketRow row, CommandRow command, CancellationToken ct)
    {
        var ticket = new TicketId(row.Id);
        var staff = new StaffId(command.Staff ?? "");
        TurnInput input = command.Command switch
        {
            DeskCommand.Join => new TurnInput.StaffJoined(ticket, staff),
            DeskCommand.SetLevel => new TurnInput.LevelSet(ticket, command.Level),
            _ => new TurnInput.TicketClosed(ticket, command.Level) { Seen = command.Seen },
        };
        var outcome = await turns.HandleAsync(AddressOf(row), input, ct);
        if (outcome is null)
        {
            watch.Log.ConversationGone(row.Id, command.Command.ToString());
        }

        var conversation = (outcome as TurnOutcome.Done)?.Conversation;
        switch (command.Command)
        {
            case DeskCommand.Join when conversation is { Control: Control.Human } && conversation.Ticket == ticket:
                await ChangeAsync(db, row.Id, TicketState.Active, "joined", s => s.SetProperty(t => t.Joined, true), ct);
                break;
            case DeskCommand.Close when conversation?.Ticket == ticket:
                // the person wrote what nobody has read: back to the one who holds it
                await ChangeAsync(
                    db, row.Id, TicketState.WrapUp, "resumed", s => s.SetProperty(t => t.State, Next(TicketMove.Resume)).SetProperty(t => t.WaitingSince, conversation.LastInbound), ct);
                break;
            case DeskCommand.Close:
                await ChangeAsync(
                    db,
                    row.Id,
                    TicketState.WrapUp,
                    "closed",
                    s => s.SetProperty(t => t.State, Next(TicketMove.Close)).SetProperty(t => t.Closed, watch.Time.GetUtcNow()).SetProperty(t => t.WaitingSince, (DateTimeOffset?)null),
                    ct);
                break;
        }

        command.Done = true;
        await db.SaveChangesAsync(ct);
    }

    private static TicketState Next(TicketMove move) =>
        TicketTransitions.Next(TicketState.WrapUp, move) ?? throw new UnreachableException();

    /// <summary>Changes the ticket if it is still in this state; the intake of facts may have been faster.</summary>
    private async Task ChangeAsync(
        CasesDb db, string ticket, TicketState from, string kind, Action<UpdateSettersBuilder<TicketRow>> change, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var changed = await db.Tickets.Where(t => t.Id == ticket && t.State == from).ExecuteUpdateAsync(
            s =>
            {
                change(s);
                s.SetProperty(t => t.Version, t => t.Version + 1);
            },
            ct);
        if (changed > 0)
        {
            feed.Add(db, kind, ticket, await db.Tickets.AsNoTracking().Where(t => t.Id == ticket).Select(t => t.Level).SingleAsync(ct));
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
    }

    private async Task ReplyAsync(CasesDb db, TicketRow row, ReplyRow reply, CancellationToken ct)
    {
        reply.State = await HandAsync(row, reply, ct) ? ReplyState.Handed : ReplyState.Failed;
        if (reply.State == ReplyState.Failed)
        {
            feed.Add(db, "reply_failed", row.Id, row.Level);
        }

        await db.SaveChangesAsync(ct);
    }

    private async Task<bool> HandAsync(TicketRow row, ReplyRow reply, CancellationToken ct)
    {
        try
        {
            var text = Encoding.UTF8.GetString((await keys.ForTicketAsync(new(reply.Ticket), ct)).Open(reply.SealedText, TicketBodies.ReplyPurpose));
            var outcome = await turns.HandleAsync(AddressOf(row), new TurnInput.StaffMessage(reply.Id, new(reply.Ticket), new(reply.Staff), text), ct);
            if (outcome is null)
            {
                watch.Log.ConversationGone(reply.Ticket, "reply");
            }

            return outcome is TurnOutcome.Repeated || (outcome as TurnOutcome.Done)?.Conversation.Ticket == new TicketId(row.Id);
        }
        catch (CryptographicException e)
        {
            watch.Log.ReplyUnreadable(reply.Id, reply.Ticket, e.GetType().Name);
            return false;
        }
    }

    private static ConversationAddress AddressOf(TicketRow row) => new(row.Channel, new(row.Contact));

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }
}

/// <summary>What the courier looks at and writes to while it works.</summary>
internal sealed record CourierWatch(TimeProvider Time, ILogger<DeskCourier> Log);
