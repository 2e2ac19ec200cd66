using System.Globalization;
using Hotline.Cases;
using Hotline.Conversations;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Triage;
using Microsoft.EntityFrameworkCore;

namespace Hotline.Server.Cases;

/// <summary>Writes the facts of turns into the cases database. Idempotent by event id: a fact that comes twice counts once.</summary>
internal sealed class CaseIntake(IDbContextFactory<CasesDb> databases, KeyStore keys, CaseFeed feed, Metrics metrics)
{
    private const int MaxTries = 5;

    /// <param name="transcript">For a <see cref="TurnEvent.HandoffRequested"/> the whole conversation so far, else empty.</param>
    public async Task ApplyAsync(DeskEntry entry, IReadOnlyList<RecordedEvent> transcript, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await ApplyOnceAsync(entry, transcript, ct);
                return;
            }
            catch (DbUpdateException) when (tries < MaxTries)
            {
                // a claim or a close came in between, or another worker wrote the same fact: read again
            }
        }
    }

    private async Task ApplyOnceAsync(DeskEntry entry, IReadOnlyList<RecordedEvent> transcript, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await ContactAsync(db, entry, ct);
        if (entry.Ticket is { } ticket)
        {
            if (entry.Fact.Event is TurnEvent.HandoffRequested handoff)
            {
                await OpenAsync(db, entry, handoff, ct);
            }

            if (await db.Tickets.SingleOrDefaultAsync(t => t.Id == ticket.Value, ct) is { } row)
            {
                foreach (var line in transcript.Where(l => IsBefore(l.Id, entry.Fact.Id)))
                {
                    await LineAsync(db, row, line, ct);
                }

                if (await LineAsync(db, row, entry.Fact, ct))
                {
                    Change(db, row, entry.Fact);
                }
            }
        }

        if (db.ChangeTracker.HasChanges())
        {
            await SaveAsync(db, ct);
        }
    }

    private async Task OpenAsync(CasesDb db, DeskEntry entry, TurnEvent.HandoffRequested handoff, CancellationToken ct)
    {
        if (await db.Tickets.AnyAsync(t => t.Id == entry.Fact.Id.Value, ct))
        {
            return;
        }

        var row = new TicketRow
        {
            Id = entry.Fact.Id.Value,
            Channel = entry.Channel,
            Contact = entry.Contact.Value,
            Conversation = entry.Conversation.Value,
            Level = handoff.Level,
            State = TicketState.Queued,
            Reason = handoff.Reason,
            CannotAnswer = handoff.CannotAnswer,
            Language = entry.Language?.Value,
            Opened = entry.Fact.At,
            WaitingSince = entry.Fact.At,
            LastRing = entry.Fact.At,
        };
        db.Tickets.Add(row);
        feed.Add(db, "ticket_opened", row.Id, row.Level);
        await db.SaveChangesAsync(ct);
        metrics.Tickets(row.Level).Add();
    }

    /// <summary>
    /// Whether the transcript's line is older than the handoff. The newer ones come as facts of their own, and only then
    /// count for the ticket.
    /// </summary>
    private static bool IsBefore(EventId line, EventId handoff) => Place(line).CompareTo(Place(handoff)) < 0;

    /// <summary>Version and index of an event id, see <see cref="EventId.Of"/>.</summary>
    private static (long Version, int Index) Place(EventId id) =>
        id.Value.Split('-') is [.., var version, var index]
        && long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var v)
        && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var i)
            ? (v, i)
            : (long.MaxValue, 0);

    /// <returns>Whether the line is new.</returns>
    private async Task<bool> LineAsync(CasesDb db, TicketRow ticket, RecordedEvent fact, CancellationToken ct)
    {
        if (await db.Lines.AnyAsync(l => l.Ticket == ticket.Id && l.EventId == fact.Id.Value, ct))
        {
            return false;
        }

        var seal = await keys.ForTicketAsync(new(ticket.Id), ct);
        db.Lines.Add(new LineRow
        {
            Ticket = ticket.Id,
            EventId = fact.Id.Value,
            At = fact.At,
            Kind = LineKind.Fact,
            SealedBody = seal.Seal(ConversationJson.Write(fact), TicketBodies.LinePurpose),
        });
        ticket.Version++;
        return true;
    }

    /// <summary>What a fact means for the ticket. A level is only raised here; setting it lower is for staff.</summary>
    private void Change(CasesDb db, TicketRow ticket, RecordedEvent fact)
    {
        switch (fact.Event)
        {
            case TurnEvent.MessageIn when TicketTransitions.IsOpen(ticket.State):
                ticket.WaitingSince ??= fact.At;
                feed.Add(db, "message", ticket.Id, ticket.Level);
                break;
            case TurnEvent.MessageOut { Source: MessageSource.Staff, Held: null }:
                ticket.WaitingSince = null;
                ticket.FirstReply ??= fact.At;
                feed.Add(db, "reply", ticket.Id, ticket.Level);
                break;
            case TurnEvent.TriageRaised raised when raised.To > ticket.Level:
                ticket.Level = raised.To;
                feed.Add(db, "level", ticket.Id, ticket.Level);
                break;
            case TurnEvent.TicketRang rang:
                ticket.LastRing = fact.At;
                ticket.Level = Max(ticket.Level, rang.Level);
                feed.Add(db, "ring", ticket.Id, ticket.Level);
                break;
            case TurnEvent.StaffHasJoined joined when joined.Staff.Value == ticket.Owner:
                ticket.Joined = true;
                feed.Add(db, "joined", ticket.Id, ticket.Level);
                break;
            case TurnEvent.TicketReturned when TicketTransitions.Next(ticket.State, TicketMove.Close) is { } closed:
                ticket.State = closed;
                ticket.Closed = fact.At;
                ticket.WaitingSince = null;
                feed.Add(db, "closed", ticket.Id, ticket.Level);
                break;
            case TurnEvent.FlagChanged { Flag: "opted_out" } flag:
                ticket.CannotAnswer = flag.On;
                feed.Add(db, "flag", ticket.Id, ticket.Level);
                break;
            case TurnEvent.FlagChanged or TurnEvent.MessageFailed or TurnEvent.DeletionAsked:
                feed.Add(db, "flag", ticket.Id, ticket.Level);
                break;
        }
    }

    private async Task ContactAsync(CasesDb db, DeskEntry entry, CancellationToken ct)
    {
        var row = await db.Contacts.FindAsync([entry.Channel, entry.Contact.Value], ct);
        if (row is null)
        {
            var seal = await keys.ForContactAsync(entry.Contact, ct);
            row = new ContactRow
            {
                Channel = entry.Channel,
                Contact = entry.Contact.Value,
                SealedAddress = seal.Seal(System.Text.Encoding.UTF8.GetBytes(entry.Address.Value), TicketBodies.AddressPurpose),
                FirstSeen = entry.Fact.At,
            };
            db.Contacts.Add(row);
        }

        row.LastSeen = entry.Fact.At > row.LastSeen ? entry.Fact.At : row.LastSeen;
        row.Language = entry.Language?.Value ?? row.Language;
        switch (entry.Fact.Event)
        {
            case TurnEvent.FlagChanged { Flag: "opted_out" } flag:
                row.OptedOut = flag.On;
                break;
            case TurnEvent.FlagChanged { Flag: "hidden" } flag:
                row.Hidden = flag.On;
                break;
            case TurnEvent.FlagChanged { Flag: "not_safe" } flag:
                row.NotSafe = flag.On;
                break;
            case TurnEvent.DeletionAsked:
                row.DeletionAsked ??= entry.Fact.At;
                break;
        }
    }

    private async Task SaveAsync(CasesDb db, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await feed.NumberAsync(ct);
    }

    private static TriageLevel Max(TriageLevel a, TriageLevel b) => a > b ? a : b;
}
