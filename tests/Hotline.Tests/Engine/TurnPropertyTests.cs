using FsCheck;
using FsCheck.Fluent;
using Hotline.Conversations;
using Hotline.Triage;
using Xunit;

namespace Hotline.Tests.Engine;

/// <summary>What must hold after any sequence of inputs.</summary>
public sealed class TurnPropertyTests
{
    private static readonly StaffId Staff = new("staff-1");

    [Fact]
    public void Any_sequence_of_inputs_keeps_the_promises()
    {
        var sequences = Gen.Choose(0, 19).Select(i => i).ListOf(30);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(sequences.ToArbitrary(), Holds));
    }

    private static void Holds(IList<int> kinds)
    {
        var snapshot = EngineContent.Snapshot;
        var c = EngineContent.Begin();
        var now = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < kinds.Count; i++)
        {
            now += TimeSpan.FromSeconds(kinds[i] * kinds[i] * 7);
            var input = Make(kinds[i], i, c);
            var result = TurnEngine.Run(snapshot, c, input, now);
            var again = TurnEngine.Run(snapshot, c, input, now);
            Assert.Equal(Json(result), Json(again));

            var after = result.Conversation;
            var texts = result.Events.Select(e => e.Event).OfType<TurnEvent.MessageOut>().ToList();
            if (c.Control == Control.Human && input is not TurnInput.TicketClosed)
            {
                Assert.DoesNotContain(texts, t => t.Source == MessageSource.Bot);
            }

            if (c.OptedOut && after.OptedOut)
            {
                Assert.DoesNotContain(texts, t => t.Held is null);
            }

            if (result.Events.Any(e => e.Event is TurnEvent.MessageIn { Triage.Level: >= TriageLevel.R1 }))
            {
                Assert.NotNull(after.Ticket);
            }

            Assert.Equal(c.Version + (result.Changed ? 1 : 0), after.Version);
            Assert.Equal(result.Events.Count, result.Events.Select(e => e.Id).Distinct().Count());
            var stored = ConversationJson.Write(after);
            Assert.True(stored.Length <= 3000);
            Assert.Equal(stored, ConversationJson.Write(ConversationJson.Read(stored)));
            c = ConversationJson.Read(stored);
        }
    }

    private static string Json(TurnResult result) =>
        Convert.ToHexString(ConversationJson.Write(result.Conversation))
        + string.Join('\n', result.Events.Select(e => Convert.ToHexString(ConversationJson.Write(e))));

    private static TurnInput Make(int kind, int i, Conversation c)
    {
        var ticket = c.Ticket ?? new TicketId("none");
        return kind switch
        {
            0 => new TurnInput.MessageReceived($"m{i}", "") { MediaCount = 1 },
            1 or 2 or 3 => new TurnInput.MessageReceived($"m{i}", $"{kind}"),
            4 => new TurnInput.MessageReceived($"m{i}", "JOB1"),
            5 => new TurnInput.MessageReceived($"m{i}", "they will kill me, the door is locked"),
            6 => new TurnInput.MessageReceived($"m{i}", new string('ฟ', 4500)),
            7 => new TurnInput.MessageReceived($"m{i}", "help"),
            8 => new TurnInput.MessageReceived($"m{i}", "STOP") { ProviderOptOut = OptOutKind.Stop, ProviderAnswersOptOut = i % 2 == 0 },
            9 => new TurnInput.MessageReceived($"m{i}", "START") { ProviderOptOut = OptOutKind.Start },
            10 => new TurnInput.MessageReceived($"m{i}", "hide"),
            11 => new TurnInput.MessageReceived($"m{i}", "delete"),
            12 => new TurnInput.ConversationOpened(null),
            13 => new TurnInput.WaitTimedOut(c.Flow?.WaitToken ?? "late"),
            14 => new TurnInput.StaffMessage(new Guid(i, 0, 0, new byte[8]), ticket, Staff, "We read you."),
            15 => new TurnInput.StaffJoined(ticket, Staff),
            16 => new TurnInput.LevelSet(ticket, (TriageLevel)(i % 4)),
            17 => new TurnInput.TicketClosed(ticket, TriageLevel.R3),
            18 => new TurnInput.DeliveryFailed(EventId.Of(c.Id, c.Version, 0), 21610, i % 2 == 0),
            _ => new TurnInput.TurnFailed($"m{i}", "words", null),
        };
    }
}
