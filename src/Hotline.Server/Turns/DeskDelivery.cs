using System.Security.Cryptography;
using System.Text.Json;
using Hotline.Conversations;
using Hotline.Server.Cases;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;

namespace Hotline.Server.Turns;

/// <summary>Brings the facts of a turn to the cases database. While that is away the entry waits, and only its own conversation with it.</summary>
internal sealed class DeskDelivery(IConversationStore store, TurnSealing sealing, CaseIntake intake, TurnWatch watch)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    public async Task DeliverAsync(OutboxItem item, CancellationToken ct)
    {
        watch.Metrics.Waited("desk", watch.Time.GetUtcNow() - item.Created);
        using var span = Tracing.Desk();
        try
        {
            var seal = await sealing.SealOfAsync(item.Address.Contact, ct);
            var facts = JsonSerializer.Deserialize(seal.Open(item.Body, TurnSealing.OutPurpose), TurnsJson.Default.DeskFacts)
                ?? throw new JsonException("null is no entry");
            foreach (var fact in facts.Facts)
            {
                await ApplyAsync(item.Address, facts, ConversationJson.ReadEvent(JsonSerializer.SerializeToUtf8Bytes(fact, TurnsJson.Default.JsonElement)), ct);
            }

            await store.CompleteAsync(item.Id, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (e is JsonException or CryptographicException)
        {
            watch.Log.EntryParked(item.Id, "unreadable");
            await store.ParkAsync(item.Id, "unreadable", watch.Time.GetUtcNow(), ct);
        }
#pragma warning disable CA1031 // whatever the database throws, the ticket is tried again until it is there
        catch (Exception e) when (e is not StoreUnavailableException)
        {
            watch.Log.EntryFailed(item.Id, e.GetType().Name);
            await store.PostponeAsync(item.Id, watch.Time.GetUtcNow() + Wait, false, ct);
        }
#pragma warning restore CA1031
    }

    private async Task ApplyAsync(ConversationAddress address, DeskFacts facts, RecordedEvent fact, CancellationToken ct)
    {
        var isHandoff = fact.Event is TurnEvent.HandoffRequested;
        var ticket = isHandoff ? new TicketId(fact.Id.Value) : facts.Ticket is { } id ? new TicketId(id) : (TicketId?)null;
        var entry = new DeskEntry(
            fact, new ConversationId(facts.Conversation), facts.Version, address.Channel, address.Contact, new Urn(facts.Address), facts.LanguageTag, facts.Level, ticket);
        await intake.ApplyAsync(entry, isHandoff ? await TranscriptAsync(address, ct) : [], ct);
    }

    private async Task<IReadOnlyList<RecordedEvent>> TranscriptAsync(ConversationAddress address, CancellationToken ct)
    {
        var seal = await sealing.SealOfAsync(address.Contact, ct);
        return [.. (await store.ReadTranscriptAsync(address, ct)).Select(line => Read(line, seal)).OfType<RecordedEvent>()];
    }

    /// <summary>A line that cannot be read must not cost the person the ticket: it is left out.</summary>
    private RecordedEvent? Read(SealedLine line, ContactSeal seal)
    {
        try
        {
            return ConversationJson.ReadEvent(seal.Open(line.Body, TurnSealing.LinePurpose));
        }
        catch (Exception e) when (e is JsonException or CryptographicException)
        {
            watch.Log.LineUnreadable(line.Id, e.GetType().Name);
            return null;
        }
    }
}
