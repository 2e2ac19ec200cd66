using System.Security.Cryptography;
using System.Text;
using Hotline.Conversations;
using Hotline.Server.Cases;
using Hotline.Server.Privacy;
using Hotline.Server.Turns;
using Microsoft.EntityFrameworkCore;

namespace Hotline.Server.Desk;

/// <summary>
/// Brings to conversations what the desk has written down: joins, levels, replies, closes; in the order of writing per
/// ticket, again and again until the turn is committed, also after a restart. The inputs are idempotent.
/// </summary>
internal sealed class DeskCourier(IDbContextFactory<CasesDb> databases, KeyStore keys, TurnHandler turns, TimeProvider time, ILogger<DeskCourier> log)
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

    /// <summary>Delivers what waits now, once. Returns how much it was.</summary>
    public async Task<int> DeliverAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var waiting = await db.Commands.Where(c => !c.Done).OrderBy(c => c.Seq).Take(200).ToListAsync(ct);
        var replies = await db.Replies.Where(r => r.State == ReplyState.Pending).OrderBy(r => r.At).Take(200).ToListAsync(ct);
        foreach (var command in waiting.Where(c => c.Command != DeskCommand.Close))
        {
            await CommandAsync(db, command, ct);
        }

        foreach (var reply in replies)
        {
            await ReplyAsync(db, reply, ct);
        }

        // last: what was written before the close goes out before the bot speaks again
        foreach (var command in waiting.Where(c => c.Command == DeskCommand.Close))
        {
            await CommandAsync(db, command, ct);
        }

        return waiting.Count + replies.Count;
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
                log.CourierStopped(e.GetType().Name);
                await Task.Delay(Poll, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
#pragma warning restore CA1031
        }
    }

    private async Task CommandAsync(CasesDb db, CommandRow command, CancellationToken ct)
    {
        var ticket = new TicketId(command.Ticket);
        var staff = new StaffId(command.Staff ?? "");
        TurnInput input = command.Command switch
        {
            DeskCommand.Join => new TurnInput.StaffJoined(ticket, staff),
            DeskCommand.SetLevel => new TurnInput.LevelSet(ticket, command.Level),
            _ => new TurnInput.TicketClosed(ticket, command.Level),
        };
        if (await turns.HandleAsync(await AddressAsync(db, command.Ticket, ct), input, ct) is null)
        {
            log.ConversationGone(command.Ticket, command.Command.ToString());
        }

        command.Done = true;
        await db.SaveChangesAsync(ct);
    }

    private async Task ReplyAsync(CasesDb db, ReplyRow reply, CancellationToken ct)
    {
        string? text = null;
        try
        {
            text = Encoding.UTF8.GetString((await keys.ForTicketAsync(new(reply.Ticket), ct)).Open(reply.SealedText, TicketBodies.ReplyPurpose));
        }
        catch (CryptographicException e)
        {
            log.ReplyUnreadable(reply.Id, reply.Ticket, e.GetType().Name);
        }

        if (text is not null)
        {
            var input = new TurnInput.StaffMessage(reply.Id, new(reply.Ticket), new(reply.Staff), text);
            if (await turns.HandleAsync(await AddressAsync(db, reply.Ticket, ct), input, ct) is null)
            {
                log.ConversationGone(reply.Ticket, "reply");
            }
        }

        reply.State = ReplyState.Handed;
        await db.SaveChangesAsync(ct);
    }

    private static async Task<ConversationAddress> AddressAsync(CasesDb db, string ticket, CancellationToken ct)
    {
        var row = await db.Tickets.AsNoTracking().Where(t => t.Id == ticket).Select(t => new { t.Channel, t.Contact }).SingleAsync(ct);
        return new(row.Channel, new(row.Contact));
    }

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }
}
