using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Hotline.Cases;
using Hotline.Conversations;
using Hotline.Server.Cases;
using Hotline.Server.Privacy;
using Hotline.Triage;
using Microsoft.EntityFrameworkCore;

namespace Hotline.Server.Desk;

/// <summary>What staff do with tickets. Every write is one transaction; what the conversation must hear goes with it as a command.</summary>
internal sealed class TicketDesk(IDbContextFactory<CasesDb> databases, KeyStore keys, CaseFeed feed, DeskCourier courier, DeskRules rules)
{
    private const int MostReplyLength = 1600;
    private const int MostInQueue = 500;

    /// <summary>Open tickets, the most urgent first, then who has waited longest.</summary>
    public async Task<IReadOnlyList<QueueEntry>> QueueAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Tickets.AsNoTracking()
            .Where(t => t.State != TicketState.Closed && t.State != TicketState.Abandoned)
            .OrderByDescending(t => t.Level).ThenBy(t => t.WaitingSince == null).ThenBy(t => t.WaitingSince).ThenBy(t => t.Opened)
            .Take(MostInQueue).ToListAsync(ct);
        return [.. rows.Select(Entry)];
    }

    public async Task<TicketView?> FindAsync(string ticket, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Tickets.AsNoTracking().SingleOrDefaultAsync(t => t.Id == ticket, ct) is not { } row)
        {
            return null;
        }

        var contact = await db.Contacts.AsNoTracking().SingleOrDefaultAsync(c => c.Channel == row.Channel && c.Contact == row.Contact, ct);
        return new TicketView(Entry(row), row.Joined, await LinesAsync(db, row.Id, 0, ct))
        {
            OptedOut = contact?.OptedOut ?? false,
            Hidden = contact?.Hidden ?? false,
            NotSafe = contact?.NotSafe ?? false,
            DeletionAsked = contact?.DeletionAsked is not null,
            PendingReplies = await db.Replies.CountAsync(r => r.Ticket == ticket && r.State == ReplyState.Pending, ct),
            FailedReplies = await db.Replies.CountAsync(r => r.Ticket == ticket && r.State == ReplyState.Failed, ct),
            CannotJoin = !row.Joined && row.State == TicketState.Active && !await db.Commands.AnyAsync(c => c.Ticket == ticket && !c.Done, ct),
            Earlier = await db.Tickets.AsNoTracking()
                .Where(t => t.Channel == row.Channel && t.Contact == row.Contact && t.Id != row.Id)
                .OrderByDescending(t => t.Opened).Take(20).Select(t => t.Id).ToListAsync(ct),
        };
    }

    /// <summary>Takes a ticket, if nobody has it. Of many at once exactly one wins.</summary>
    public async Task<ClaimOutcome> ClaimAsync(string ticket, string staff, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var claimable = TicketTransitions.From(TicketMove.Claim);
        var taken = await db.Tickets
            .Where(t => t.Id == ticket && claimable.Contains(t.State) && t.Owner == null)
            .ExecuteUpdateAsync(
                s => s.SetProperty(t => t.State, TicketState.Active).SetProperty(t => t.Owner, staff)
                    .SetProperty(t => t.Joined, false).SetProperty(t => t.Version, t => t.Version + 1),
                ct);
        if (taken == 0)
        {
            var state = await db.Tickets.AsNoTracking().Where(t => t.Id == ticket).Select(t => new { t.State, t.Owner }).SingleOrDefaultAsync(ct);
            return state is null || !TicketTransitions.IsOpen(state.State) ? ClaimOutcome.Gone
                : state.Owner == staff ? ClaimOutcome.Claimed : ClaimOutcome.Taken;
        }

        db.Commands.Add(new CommandRow { Ticket = ticket, Command = DeskCommand.Join, Staff = staff });
        await SaveAsync(db, ticket, staff, "claimed", ct);
        await transaction.CommitAsync(ct);
        await ToldAsync(ct);
        return ClaimOutcome.Claimed;
    }

    /// <param name="id">Made by the caller once per text: sending it twice stores it once.</param>
    /// <param name="seen">The last line that the writer had in view.</param>
    public async Task<ReplyOutcome> ReplyAsync(string ticket, string staff, Guid id, string text, long seen, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (text.Length > MostReplyLength)
        {
            throw new ArgumentException("the reply is too long", nameof(text));
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await db.Replies.AnyAsync(r => r.Id == id, ct))
        {
            return new ReplyOutcome.Stored();
        }

        if (!await db.Tickets.AnyAsync(t => t.Id == ticket && t.Owner == staff && t.State == TicketState.Active && t.Joined, ct))
        {
            return new ReplyOutcome.NotYours();
        }

        if (await MissedAsync(db, ticket, seen, ct) is { Count: > 0 } missed)
        {
            return new ReplyOutcome.Stale(missed);
        }

        var seal = await keys.ForTicketAsync(new(ticket), ct);
        db.Replies.Add(new ReplyRow
        {
            Id = id,
            Ticket = ticket,
            Staff = staff,
            SealedText = seal.Seal(Encoding.UTF8.GetBytes(text), TicketBodies.ReplyPurpose),
            At = rules.Time.GetUtcNow(),
        });
        await SaveAsync(db, ticket, staff, "replied", ct);
        await transaction.CommitAsync(ct);
        await ToldAsync(ct);
        return new ReplyOutcome.Stored();
    }

    public async Task NoteAsync(string ticket, string staff, Guid id, string text, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Tickets.AnyAsync(t => t.Id == ticket, ct) || await db.Lines.AnyAsync(l => l.EventId == $"note-{id:N}", ct))
        {
            return;
        }

        var seal = await keys.ForTicketAsync(new(ticket), ct);
        db.Lines.Add(new LineRow
        {
            Ticket = ticket,
            EventId = $"note-{id:N}",
            At = rules.Time.GetUtcNow(),
            Kind = LineKind.Note,
            SealedBody = seal.Seal(JsonSerializer.SerializeToUtf8Bytes(new NoteBody(staff, text), DeskJson.Default.NoteBody), TicketBodies.NotePurpose),
        });
        await SaveAsync(db, ticket, staff, "noted", ct);
        await ToldAsync(ct);
    }

    /// <summary>Staff set the level, up or down. <c>false</c>: not theirs.</summary>
    public async Task<bool> SetLevelAsync(string ticket, string staff, TriageLevel level, CancellationToken ct) =>
        await ChangeAsync(
            new(ticket, staff, "level"),
            null,
            t =>
            {
                t.Level = level;
                return new() { Ticket = ticket, Command = DeskCommand.SetLevel, Staff = staff, Level = level };
            },
            ct) is CloseOutcome.Closing;

    /// <summary>
    /// Ends the talk at the level that staff see. The ticket is closed when the conversation confirms it; a message that
    /// came after <paramref name="seen"/> keeps it open, here or there.
    /// </summary>
    /// <param name="seen">The last line that staff had in view.</param>
    public Task<CloseOutcome> CloseAsync(string ticket, string staff, TriageLevel level, long seen, CancellationToken ct) => ChangeAsync(
        new(ticket, staff, "closing"),
        seen,
        t =>
        {
            t.Level = level;
            t.State = TicketState.WrapUp;
            return new() { Ticket = ticket, Command = DeskCommand.Close, Staff = staff, Level = level };
        },
        ct);

    /// <param name="seen">Also stops when the person wrote after this line; <c>null</c> = need not be seen.</param>
    /// <param name="change">Changes the ticket and makes the command for its conversation.</param>
    private async Task<CloseOutcome> ChangeAsync(Act act, long? seen, Func<TicketRow, CommandRow> change, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var row = await db.Tickets.SingleOrDefaultAsync(t => t.Id == act.Ticket && t.Owner == act.Staff && t.State == TicketState.Active, ct);
            if (row is null)
            {
                return new CloseOutcome.NotYours();
            }

            if (seen is { } known && await MissedAsync(db, act.Ticket, known, ct) is { Count: > 0 } missed)
            {
                return new CloseOutcome.Stale(missed);
            }

            var command = change(row);
            command.Seen = seen is null ? null : await LastReadAsync(db, row, ct);
            row.Version++;
            db.Commands.Add(command);
            try
            {
                await SaveAsync(db, act.Ticket, act.Staff, act.Name, ct);
                await transaction.CommitAsync(ct);
            }
            catch (DbUpdateConcurrencyException) when (tries < 5)
            {
                continue; // a message came in between
            }

            await ToldAsync(ct);
            return new CloseOutcome.Closing();
        }
    }

    private async Task<IReadOnlyList<TimelineEntry>> MissedAsync(CasesDb db, string ticket, long seen, CancellationToken ct) =>
        [.. (await LinesAsync(db, ticket, seen, ct)).Where(l => l is TimelineEntry.Fact { Event: TurnEvent.MessageIn } or TimelineEntry.Unreadable)];

    /// <summary>When the newest line of the person came; the ticket's own beginning when there is none.</summary>
    private async Task<DateTimeOffset> LastReadAsync(CasesDb db, TicketRow ticket, CancellationToken ct) =>
        (await LinesAsync(db, ticket.Id, 0, ct)).LastOrDefault(l => l is TimelineEntry.Fact { Event: TurnEvent.MessageIn })?.At ?? ticket.Opened;

    private sealed record Act(string Ticket, string Staff, string Name);

    private async Task SaveAsync(CasesDb db, string ticket, string staff, string action, CancellationToken ct)
    {
        db.Audit.Add(new AuditRow { At = rules.Time.GetUtcNow(), Staff = staff, Action = action, Ticket = ticket });
        var level = await db.Tickets.AsNoTracking().Where(t => t.Id == ticket).Select(t => t.Level).SingleAsync(ct);
        feed.Add(db, action, ticket, level);
        await db.SaveChangesAsync(ct);
    }

    private async Task ToldAsync(CancellationToken ct)
    {
        await feed.NumberAsync(ct);
        courier.Wake();
    }

    private async Task<IReadOnlyList<TimelineEntry>> LinesAsync(CasesDb db, string ticket, long after, CancellationToken ct)
    {
        var rows = await db.Lines.AsNoTracking().Where(l => l.Ticket == ticket && l.Seq > after).OrderBy(l => l.Seq).ToListAsync(ct);
        var seal = await keys.ForTicketAsync(new(ticket), ct);
        return [.. rows.Select(row => Open(row, seal))];
    }

    private static TimelineEntry Open(LineRow row, ContactSeal seal)
    {
        try
        {
            if (row.Kind == LineKind.Fact)
            {
                return new TimelineEntry.Fact(row.Seq, row.At, ConversationJson.ReadEvent(seal.Open(row.SealedBody, TicketBodies.LinePurpose)).Event);
            }

            var note = JsonSerializer.Deserialize(seal.Open(row.SealedBody, TicketBodies.NotePurpose), DeskJson.Default.NoteBody);
            return new TimelineEntry.Note(row.Seq, row.At, note?.Staff ?? "", note?.Text ?? "");
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return new TimelineEntry.Unreadable(row.Seq, row.At);
        }
    }

    private QueueEntry Entry(TicketRow t) => new(t.Id, t.Level, t.State, t.Opened, t.WaitingSince, t.Reason)
    {
        Language = t.Language,
        Channel = t.Channel,
        CannotAnswer = t.CannotAnswer,
        Owner = t.Owner,
        Overdue = rules.IsOverdue(t.Level, t.WaitingSince),
    };
}
