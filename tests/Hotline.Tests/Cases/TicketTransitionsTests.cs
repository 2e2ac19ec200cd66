using FsCheck;
using FsCheck.Fluent;
using Hotline.Cases;
using Xunit;

namespace Hotline.Tests.Cases;

public sealed class TicketTransitionsTests
{
    [Theory]
    [InlineData(TicketState.Queued, TicketMove.Claim, TicketState.Active)]
    [InlineData(TicketState.Queued, TicketMove.Offer, TicketState.Offered)]
    [InlineData(TicketState.Offered, TicketMove.Decline, TicketState.Queued)]
    [InlineData(TicketState.Offered, TicketMove.Accept, TicketState.Active)]
    [InlineData(TicketState.Active, TicketMove.Close, TicketState.Closed)]
    [InlineData(TicketState.Closed, TicketMove.Reopen, TicketState.Queued)]
    [InlineData(TicketState.Closed, TicketMove.Claim, null)]
    [InlineData(TicketState.Active, TicketMove.Claim, null)]
    [InlineData(TicketState.Offered, TicketMove.Claim, null)]
    [InlineData(TicketState.Abandoned, TicketMove.Close, null)]
    public void Next_IsTheTable(TicketState state, TicketMove move, TicketState? next) => Assert.Equal(next, TicketTransitions.Next(state, move));

    [Fact]
    public void EveryState_CanBeReached_AndEveryOpenOneCanBeLeft()
    {
        var reached = new HashSet<TicketState> { TicketState.Queued };
        for (var grown = true; grown;)
        {
            var next = from state in reached.ToList()
                       from move in Enum.GetValues<TicketMove>()
                       select TicketTransitions.Next(state, move);
            grown = next.OfType<TicketState>().ToList().FindAll(reached.Add).Count > 0;
        }

        Assert.Equal(Enum.GetValues<TicketState>().ToHashSet(), reached);
        Assert.All(reached, state => Assert.Contains(Enum.GetValues<TicketMove>(), move => TicketTransitions.Next(state, move) is not null));
    }

    /// <summary>Whatever is tried in whatever order: two people never hold a ticket, and nobody acts on a closed one but by reopening.</summary>
    [Fact]
    public void AnySequence_NeverClaimsWhatIsHeld() => Check.QuickThrowOnFailure(Prop.ForAll(
        Gen.Elements(Enum.GetValues<TicketMove>()).ArrayOf().ToArbitrary(),
        moves =>
        {
            var state = TicketState.Queued;
            foreach (var move in moves)
            {
                if (TicketTransitions.Next(state, move) is not { } next)
                {
                    continue;
                }

                if ((move is TicketMove.Claim or TicketMove.Offer && state != TicketState.Queued)
                    || (!TicketTransitions.IsOpen(state) && move != TicketMove.Reopen))
                {
                    return false;
                }

                state = next;
            }

            return true;
        }));
}
