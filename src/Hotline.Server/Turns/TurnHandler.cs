using System.Security.Cryptography;
using System.Text.Json;
using Hotline.Conversations;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;

namespace Hotline.Server.Turns;

/// <param name="Address">Whose conversation; the contact key is made from it.</param>
internal sealed record TurnRequest(string Channel, Urn Address, TurnInput Input);

internal abstract record TurnOutcome
{
    private TurnOutcome()
    {
    }

    /// <param name="FirstLogIndex">Index of the first entry in the channel's log, 0 when it made none.</param>
    internal sealed record Done(Conversation Conversation, long FirstLogIndex) : TurnOutcome;

    /// <summary>The same message was handled before.</summary>
    internal sealed record Repeated(long FirstLogIndex) : TurnOutcome;
}

/// <summary>
/// The one use case: load, run, commit if the version is unchanged, else run again. It is the only place that catches
/// what a turn throws; such a turn ends with a safe text and a human.
/// </summary>
internal sealed class TurnHandler(
    IConversationStore store, ContentHolder content, TurnSealing sealing, TurnSignals signals, TurnWatch watch)
{
    /// <summary>More conflicts than this in a row mean that something is wrong, not that the conversation is busy.</summary>
    private const int MaxTries = 50;

    private readonly ConversationGate _gate = new();

    /// <exception cref="StoreUnavailableException">Nothing is durable: spool or refuse.</exception>
    public async Task<TurnOutcome> HandleAsync(TurnRequest request, CancellationToken ct)
    {
        return await MeasuredAsync(sealing.AddressOf(request), request.Address, request.Input, ct)
            ?? throw new InvalidOperationException("a request with an address always has a conversation");
    }

    /// <summary>For inputs that know the conversation and not the address (time-outs, staff, delivery reports). <c>null</c> when it is gone.</summary>
    /// <exception cref="StoreUnavailableException">Nothing is durable: try again.</exception>
    public Task<TurnOutcome?> HandleAsync(ConversationAddress address, TurnInput input, CancellationToken ct) => MeasuredAsync(address, null, input, ct);

    /// <summary>From a message at hand to its durable turn, the wait for its turn included.</summary>
    private async Task<TurnOutcome?> MeasuredAsync(ConversationAddress address, Urn? from, TurnInput input, CancellationToken ct)
    {
        var began = watch.Time.GetTimestamp();
        using var span = Tracing.Turn(address.Channel);
        using (await _gate.EnterAsync(address, ct))
        {
            var outcome = await RunAsync(address, from, input, ct);
            span?.SetTag("hotline.outcome", outcome is TurnOutcome.Repeated ? "repeated" : "done").SetTag("hotline.input", input.GetType().Name);
            watch.Metrics.TurnTook(watch.Time.GetElapsedTime(began));
            return outcome;
        }
    }

    private async Task<TurnOutcome?> RunAsync(ConversationAddress address, Urn? from, TurnInput input, CancellationToken ct)
    {
        var seenKey = sealing.SeenKey(address, input);
        var seal = await sealing.SealOfAsync(address.Contact, ct);
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            var loaded = await LoadAsync(address, seenKey, ct);
            if (loaded.SeenAt is { } index)
            {
                watch.Metrics.Duplicates.Add();
                return new TurnOutcome.Repeated(index);
            }

            if (Open(address, from, input, loaded, seal) is not { } opened)
            {
                return null;
            }

            var result = Run(opened, watch.Time.GetUtcNow());
            if (!result.Changed && input is not TurnInput.WaitTimedOut)
            {
                return new TurnOutcome.Done(result.Conversation, 0);
            }

            var commit = sealing.Seal(new(address, loaded.Version, opened.Before, result, seenKey, watch.Time.GetUtcNow()), seal);
            switch (await store.CommitAsync(commit, ct))
            {
                case CommitOutcome.Committed done:
                    watch.Metrics.Turns.Add();
                    signals.Committed(commit);
                    return new TurnOutcome.Done(result.Conversation, done.FirstLogIndex);
                case CommitOutcome.Seen seen:
                    watch.Metrics.Duplicates.Add();
                    return new TurnOutcome.Repeated(seen.FirstLogIndex);
                default:
                    watch.Metrics.Conflicts.Add();
                    break;
            }
        }

        throw new StoreUnavailableException("too many conflicting turns");
    }

    private async Task<LoadedConversation> LoadAsync(ConversationAddress address, string? seenKey, CancellationToken ct)
    {
        try
        {
            return await store.LoadAsync(address, seenKey, ct);
        }
        catch (StoreUnavailableException e) when (e.InnerException is NewerFormException)
        {
            watch.Log.StateNewer();
            throw;
        }
    }

    /// <summary>The conversation to run on. A record that cannot be opened does not swallow the message: a new one begins, and a human looks.</summary>
    private Opened? Open(ConversationAddress address, Urn? from, TurnInput input, LoadedConversation loaded, ContactSeal seal)
    {
        if (loaded.State is null)
        {
            return from is { } urn ? new(sealing.Begin(address, urn), input) : null;
        }

        try
        {
            var conversation = ConversationJson.Read(seal.Open(loaded.State, TurnSealing.StatePurpose)) with { Version = loaded.Version };
            return new(conversation, input);
        }
        catch (NewerFormException e)
        {
            // A newer copy of the server has written it: park the message for that one rather than guess.
            watch.Log.StateNewer();
            throw new StoreUnavailableException("the conversation was written by a newer server", e);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            watch.Log.StateUnreadable(e.GetType().Name);
            return from is { } urn
                ? new(sealing.Begin(address, urn) with { Version = loaded.Version }, Failed(input))
                : null;
        }
    }

    private TurnResult Run(Opened opened, DateTimeOffset now)
    {
        try
        {
            return TurnEngine.Run(content.Current, opened.Before, opened.Input, now);
        }
#pragma warning disable CA1031 // whatever a turn throws, the person gets a human and never silence
        catch (Exception e) when (opened.Input is not TurnInput.TurnFailed)
        {
            watch.Metrics.FailedTurns.Add();
            watch.Log.TurnFailed(e.GetType().Name, e.StackTrace);
            return TurnEngine.Run(content.Current, opened.Before, Failed(opened.Input), now);
        }
#pragma warning restore CA1031
    }

    private static TurnInput.TurnFailed Failed(TurnInput input) => input is TurnInput.MessageReceived message
        ? new TurnInput.TurnFailed(message.MessageId, message.Text, message.Wire)
        : new TurnInput.TurnFailed("", "", null);

    private sealed record Opened(Conversation Before, TurnInput Input);
}
