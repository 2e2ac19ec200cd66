using Hotline.Conversations;

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

/// <summary>The one use case: load, run, commit if the version is unchanged, else run again.</summary>
internal sealed class TurnHandler
{
    /// <exception cref="StoreUnavailableException">Nothing is durable: spool or refuse.</exception>
    public Task<TurnOutcome> HandleAsync(TurnRequest request, CancellationToken ct) => throw new StoreUnavailableException();

    /// <summary>For inputs that know the conversation and not the address (time-outs, staff, delivery reports). Does nothing when it is gone.</summary>
    public Task<TurnOutcome?> HandleAsync(ConversationAddress address, TurnInput input, CancellationToken ct) => throw new StoreUnavailableException();
}
