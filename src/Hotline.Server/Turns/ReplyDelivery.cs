using System.Security.Cryptography;
using System.Text.Json;
using Hotline.Conversations;
using Hotline.Server.Hosting;

namespace Hotline.Server.Turns;

/// <summary>
/// Sends one text part by part. Each part is marked before its request goes out; a part whose outcome is unknown is
/// settled with the provider before anything is sent again, and a part that is out is never sent twice.
/// </summary>
internal sealed class ReplyDelivery(IDeliveryStore store, TurnSealing sealing, ChannelList channels, Lazy<TurnHandler> turns, TurnWatch watch)
{
    /// <summary>When the provider is asked what became of an unknown part, counted from the attempt.</summary>
    private static readonly TimeSpan[] SettleAt = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30)];

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(10);

    /// <summary>Tries of a text that nobody must have; texts of a conversation at risk are tried for a day.</summary>
    private const int MaxAttempts = 6;

    /// <summary>Older, an entry has waited: behind another of its conversation, or while the server was down.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan MustArriveFor = TimeSpan.FromHours(24);

    public async Task DeliverAsync(OutboxItem item, CancellationToken ct)
    {
        watch.Metrics.Waited(item.Address.Channel, watch.Time.GetUtcNow() - item.Created);
        if (channels.Find(item.Address.Channel) is not { } channel)
        {
            await GiveUpAsync(item, "no_channel", null, ct);
            return;
        }

        if (await OpenAsync(item, ct) is not { } message)
        {
            await GiveUpAsync(item, "unreadable", null, ct);
            return;
        }

        var waited = item.Attempts > 0 || watch.Time.GetUtcNow() - item.Created > FreshFor;
        if (waited && await IsHeldByNowAsync(item.Address, ct))
        {
            await GiveUpAsync(item, "held", new TurnInput.DeliveryFailed(item.Id, null, false), ct);
            return;
        }

        var texts = channel.Split(message.Text);
        for (var i = 0; i < texts.Count; i++)
        {
            var part = new OutboundPart(item.Id, i, texts.Count, new Urn(message.To), texts[i])
            {
                MayBeCapped = !message.MustArrive && message.StaffReply is null,
            };
            if (!await DeliverPartAsync(item, message, channel, part, ct))
            {
                return;
            }
        }

        if (item.Parts.Count(p => p.ProviderId is not null) >= texts.Count)
        {
            await store.CompleteAsync(item.Id, ct); // all were out before; the last command was lost
        }
    }

    /// <summary>Whether the part is out, so that the next may go. The store has marked it: when the item was taken, or with the part before.</summary>
    private async Task<bool> DeliverPartAsync(OutboxItem item, OutMessage message, IChannel channel, OutboundPart part, CancellationToken ct)
    {
        var state = item.Parts.FirstOrDefault(p => p.Part == part.Part);
        if (state is { ProviderId: not null })
        {
            return true;
        }

        if (state is { AttemptedAt: { } attempted } && await SettleAsync(item, message, channel, part, attempted, ct) is not Fate.Send and var fate)
        {
            return fate == Fate.Out;
        }

        if (state is { AttemptedAt: not null } && !await store.MarkAttemptAsync(item.Id, part.Part, watch.Time.GetUtcNow(), ct))
        {
            return false;
        }

        if (!item.Hold.Outlives(channel.SendLimit))
        {
            return false; // somebody else may have it before this is through: the mark stands, and is settled there
        }

        using var span = Tracing.Send(channel.Name);
        var outcome = await channel.SendAsync(part, ct);
        span?.SetTag("hotline.outcome", outcome.GetType().Name);
        switch (outcome)
        {
            case SendOutcome.Sent sent:
                watch.Metrics.Sent.Add();
                return await AdvanceAsync(part, channel, sent.ProviderId);
            case SendOutcome.Retry retry:
                watch.Metrics.Retried.Add();
                await RetryAsync(item, message, retry.After, ct);
                return false;
            case SendOutcome.Rejected rejected:
                watch.Metrics.Rejected.Add();
                await GiveUpAsync(item, $"rejected_{rejected.Code}", new TurnInput.DeliveryFailed(item.Id, rejected.Code, false), ct);
                return false;
            case SendOutcome.OptedOut:
                watch.Metrics.OptedOut.Add();
                await GiveUpAsync(item, "opted_out", new TurnInput.DeliveryFailed(item.Id, null, true), ct);
                return false;
            default:
                watch.Metrics.Unknown.Add();
                await store.PostponeAsync(item.Id, watch.Time.GetUtcNow() + SettleAt[0], false, ct);
                return false;
        }
    }

    /// <summary>Asks the provider what became of an unknown part.</summary>
    private async Task<Fate> SettleAsync(
        OutboxItem item, OutMessage message, IChannel channel, OutboundPart part, DateTimeOffset attempted, CancellationToken ct)
    {
        switch (await channel.SettleAsync(part, attempted, ct))
        {
            case SettleOutcome.Found found:
                watch.Metrics.Sent.Add();
                return await AdvanceAsync(part, channel, found.ProviderId) ? Fate.Out : Fate.Later;
            case SettleOutcome.NotKnown:
                await store.PostponeAsync(item.Id, watch.Time.GetUtcNow() + AskAgain, false, ct);
                return Fate.Later;
        }

        var waited = watch.Time.GetUtcNow() - attempted;
        if (SettleAt.FirstOrDefault(at => at > waited) is var next && next > TimeSpan.Zero)
        {
            await store.PostponeAsync(item.Id, attempted + next, false, ct);
            return Fate.Later;
        }

        // Not on the provider's list three times over half a minute: somebody waits for an answer, so it goes out again.
        if (item.Stream != OutboxStream.Bulk)
        {
            return Fate.Send;
        }

        await GiveUpAsync(item, "unknown", new TurnInput.DeliveryFailed(item.Id, null, false), ct);
        return Fate.Later;
    }

    /// <summary>Not cut off by a lost share: what the provider said must be known to whoever comes next.</summary>
    private Task<bool> AdvanceAsync(OutboundPart part, IChannel channel, string providerId) => store.AdvanceAsync(
        new(part.Message, part.Part, channel.Name, providerId), part.Part + 1 < part.Parts ? part.Part + 1 : null, watch.Time.GetUtcNow(), CancellationToken.None);

    private async Task RetryAsync(OutboxItem item, OutMessage message, TimeSpan after, CancellationToken ct)
    {
        var now = watch.Time.GetUtcNow();
        var tired = message.MustArrive || message.StaffReply is not null
            ? now - item.Created > MustArriveFor
            : item.Attempts + 1 >= MaxAttempts;
        if (tired)
        {
            await GiveUpAsync(item, "gave_up", new TurnInput.DeliveryFailed(item.Id, null, false), ct);
            return;
        }

        var backoff = TimeSpan.FromSeconds(Math.Min(300, Math.Pow(2, item.Attempts)));
        await store.PostponeAsync(item.Id, now + (after > backoff ? after : backoff), true, ct);
    }

    /// <summary>Staff learn of it first, then the entry leaves the queue: a crash in between tells them twice at worst, which the input's own key prevents.</summary>
    private async Task GiveUpAsync(OutboxItem item, string code, TurnInput? report, CancellationToken ct)
    {
        if (report is not null)
        {
            await turns.Value.HandleAsync(item.Address, report, ct);
        }

        watch.Log.EntryParked(item.Id, code);
        await store.ParkAsync(item.Id, code, watch.Time.GetUtcNow(), ct);
    }

    /// <summary>A text that waited may have become unsafe: the person hid, opted out, or said that it is not safe to write.</summary>
    private async Task<bool> IsHeldByNowAsync(ConversationAddress address, CancellationToken ct)
    {
        var loaded = await store.LoadAsync(address, null, ct);
        if (loaded.State is null)
        {
            return true;
        }

        try
        {
            var seal = await sealing.SealOfAsync(address.Contact, ct);
            var now = ConversationJson.Read(seal.Open(loaded.State, TurnSealing.StatePurpose));
            return now.Hidden || now.OptedOut || now.NotSafe;
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return true;
        }
    }

    private async Task<OutMessage?> OpenAsync(OutboxItem item, CancellationToken ct)
    {
        try
        {
            var seal = await sealing.SealOfAsync(item.Address.Contact, ct);
            return JsonSerializer.Deserialize(seal.Open(item.Body, TurnSealing.OutPurpose), TurnsJson.Default.OutMessage);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }

    private enum Fate
    {
        Send,
        Out,
        Later,
    }
}
