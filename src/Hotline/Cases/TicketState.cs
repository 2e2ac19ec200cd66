using System.Collections.Frozen;

namespace Hotline.Cases;

/// <summary>Where a ticket is on its way from a handoff to its end.</summary>
public enum TicketState
{
    /// <summary>Waits for somebody.</summary>
    Queued,

    /// <summary>Offered to one member of staff, who has not answered yet.</summary>
    Offered,

    /// <summary>Somebody holds it.</summary>
    Active,

    /// <summary>The talk is over, the record is being finished.</summary>
    WrapUp,

    Closed,

    /// <summary>The person left before anybody came.</summary>
    Abandoned,
}

/// <summary>What may happen to a ticket. Each legal transition has exactly one of these.</summary>
public enum TicketMove
{
    Offer,
    Decline,
    Accept,
    Claim,
    Release,
    Finish,

    /// <summary>The conversation did not end: the person wrote what nobody has read yet.</summary>
    Resume,
    Close,
    Abandon,
    Reopen,
}

/// <summary>The legal transitions of a ticket, as one table.</summary>
public static class TicketTransitions
{
    private static readonly FrozenDictionary<(TicketState, TicketMove), TicketState> Table = new Dictionary<(TicketState, TicketMove), TicketState>
    {
        [(TicketState.Queued, TicketMove.Offer)] = TicketState.Offered,
        [(TicketState.Queued, TicketMove.Claim)] = TicketState.Active,
        [(TicketState.Queued, TicketMove.Abandon)] = TicketState.Abandoned,
        [(TicketState.Offered, TicketMove.Decline)] = TicketState.Queued,
        [(TicketState.Offered, TicketMove.Accept)] = TicketState.Active,
        [(TicketState.Active, TicketMove.Release)] = TicketState.Queued,
        [(TicketState.Active, TicketMove.Finish)] = TicketState.WrapUp,
        [(TicketState.Active, TicketMove.Close)] = TicketState.Closed,
        [(TicketState.WrapUp, TicketMove.Close)] = TicketState.Closed,
        [(TicketState.WrapUp, TicketMove.Resume)] = TicketState.Active,
        [(TicketState.WrapUp, TicketMove.Reopen)] = TicketState.Queued,
        [(TicketState.Closed, TicketMove.Reopen)] = TicketState.Queued,
        [(TicketState.Abandoned, TicketMove.Reopen)] = TicketState.Queued,
    }.ToFrozenDictionary();

    /// <summary>Where the move leads, or <c>null</c> when it is not legal here.</summary>
    public static TicketState? Next(TicketState state, TicketMove move) => Table.TryGetValue((state, move), out var next) ? next : null;

    /// <summary>The states from which the move is legal.</summary>
    public static IReadOnlyList<TicketState> From(TicketMove move) => [.. Table.Keys.Where(k => k.Item2 == move).Select(k => k.Item1)];

    public static bool IsOpen(TicketState state) => state is not (TicketState.Closed or TicketState.Abandoned);
}
