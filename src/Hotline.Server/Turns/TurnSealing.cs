using System.Text.Json;
using Hotline.Conversations;
using Hotline.Server.Privacy;

namespace Hotline.Server.Turns;

/// <summary>A turn that is to be made durable.</summary>
internal sealed record FinishedTurn(
    ConversationAddress Address, long ExpectedVersion, Conversation Before, TurnResult Result, string? SeenKey, DateTimeOffset Now);

/// <summary>Turns the facts of a turn into the sealed bytes that a store may see.</summary>
internal sealed class TurnSealing(Pseudonyms pseudonyms, KeyStore keys, ChannelList channels, ConversationsOptions? options = null)
{
    public const string StatePurpose = "state";
    public const string LinePurpose = "line";
    public const string OutPurpose = "out";
    public const string LogPurpose = "log";

    private const string DeskSuffix = ".desk";

    private readonly int _form = (options ?? new()).FormToWrite;

    public ConversationAddress AddressOf(TurnRequest request) => new(request.Channel, pseudonyms.For(request.Address));

    /// <exception cref="StoreUnavailableException">Without its key nothing of the contact can be made durable.</exception>
    public async ValueTask<ContactSeal> SealOfAsync(ContactKey contact, CancellationToken ct)
    {
        try
        {
            return await keys.ForContactAsync(contact, ct);
        }
        catch (KeyUnavailableException e)
        {
            throw new StoreUnavailableException("the keys are not available", e);
        }
    }

    public Conversation Begin(ConversationAddress address, Urn from) =>
        Conversation.Begin(pseudonyms.NewConversation(address.Channel, address.Contact), address.Channel, address.Contact, from);

    /// <summary>The key by which a repeat of this input is recognised; inputs that are idempotent by their own token have none.</summary>
    public string? SeenKey(ConversationAddress address, TurnInput input) => input switch
    {
        TurnInput.MessageReceived message => pseudonyms.SeenKey(address.Channel, address.Contact, message.MessageId),
        TurnInput.StaffMessage reply => pseudonyms.SeenKey(address.Channel, address.Contact, $"staff:{reply.Id:N}"),
        TurnInput.DeliveryFailed report => pseudonyms.SeenKey(address.Channel, address.Contact, $"failed:{report.Message}:{report.OptedOut}"),
        _ => null,
    };

    public TurnCommit Seal(FinishedTurn turn, ContactSeal seal)
    {
        var after = turn.Result.Conversation;
        var channel = channels.Find(turn.Address.Channel);
        return new TurnCommit
        {
            Address = turn.Address,
            Id = after.Id,
            ExpectedVersion = turn.ExpectedVersion,
            State = seal.Seal(ConversationJson.Write(after with { Form = _form }), StatePurpose),
            SeenKey = turn.SeenKey,
            Transcript = [.. turn.Result.Events
                .Where(e => InTranscript(e.Event))
                .Select(e => new SealedLine(e.Id, e.At, seal.Seal(ConversationJson.Write(e), LinePurpose)))],
            Outbox = [.. Replies(turn, channel, seal), .. Desk(turn, seal)],
            Log = channel is { Delivery: ChannelDelivery.Log }
                ? [.. channel.LogEntries(after, turn.Result.Events).Select(entry => seal.Seal(entry, LogPurpose))]
                : [],
            Due = after.Flow is { } flow && after.Control != Control.Human ? new(flow.WaitToken, flow.Due) : null,
            Now = turn.Now,
        };
    }

    private static bool InTranscript(TurnEvent e) => e is not (TurnEvent.WaitStarted or TurnEvent.FlowStarted);

    private static bool IsForDesk(TurnEvent e, bool ticketOpen) => e switch
    {
        TurnEvent.WaitStarted or TurnEvent.FlowStarted => false,
        TurnEvent.MessageIn or TurnEvent.MessageOut or TurnEvent.TriageRaised or TurnEvent.MessageFailed => ticketOpen,
        _ => true,
    };

    private static IEnumerable<OutboxEntry> Replies(FinishedTurn turn, IChannel? channel, ContactSeal seal)
    {
        if (channel is { Delivery: ChannelDelivery.Log })
        {
            yield break;
        }

        foreach (var recorded in turn.Result.Events)
        {
            if (recorded.Event is TurnEvent.MessageOut { Held: null } text)
            {
                var body = new OutMessage(turn.Result.Conversation.Address.Value, text.Text, text.MustArrive, text.StaffReply);
                yield return new(recorded.Id, OutboxStream.Reply, seal.Seal(JsonSerializer.SerializeToUtf8Bytes(body, TurnsJson.Default.OutMessage), OutPurpose));
            }
        }
    }

    private static IEnumerable<OutboxEntry> Desk(FinishedTurn turn, ContactSeal seal)
    {
        var after = turn.Result.Conversation;
        var ticket = turn.Before.Ticket ?? after.Ticket;
        var facts = turn.Result.Events.Where(e => IsForDesk(e.Event, ticket is not null)).ToList();
        if (facts.Count == 0)
        {
            yield break;
        }

        var body = new DeskFacts
        {
            Conversation = after.Id.Value,
            Version = after.Version,
            Address = after.Address.Value,
            Language = (after.Language ?? after.SpokenIn)?.Value,
            Level = after.Level,
            Ticket = ticket?.Value,
            Facts = [.. facts.Select(f => JsonSerializer.Deserialize(ConversationJson.Write(f), TurnsJson.Default.JsonElement))],
        };
        yield return new(
            new EventId(facts[0].Id.Value + DeskSuffix), OutboxStream.Desk, seal.Seal(JsonSerializer.SerializeToUtf8Bytes(body, TurnsJson.Default.DeskFacts), OutPurpose));
    }
}
