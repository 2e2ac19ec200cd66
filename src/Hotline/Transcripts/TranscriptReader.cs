using System.Globalization;
using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Sources;
using Hotline.Triage;

namespace Hotline.Transcripts;

/// <summary>Reads one transcript file.</summary>
/// <example><code>
/// transcript: a person asks for a human
/// steps:
///   - in: hello
///     out: ["Welcome"]
///   - staff: joined
///   - staff: "We read you."
///     after: 5m
///   - staff: closed R3
///     state: ["control: bot"]
/// </code></example>
public static class TranscriptReader
{
    private static readonly StaffId Staff = new("staff-1");

    public static Transcript? Read(string file, string text, DiagnosticBag bag)
    {
        if (YamlReader.Read(file, text, bag) is not { } mapping)
        {
            return null;
        }

        var root = new YamlMap(mapping, bag);
        var name = root.RequiredText("transcript") ?? file;
        var channel = root.OptionalText("channel") ?? "test";
        var steps = new List<TranscriptStep>();
        foreach (var map in root.Maps("steps"))
        {
            if (ReadStep(map, steps.Count) is { } step)
            {
                steps.Add(step);
            }
        }

        root.Done();
        return new(file, name, channel, new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero), steps);
    }

    private static TranscriptStep? ReadStep(YamlMap map, int index)
    {
        string[] kinds = ["in", "opened", "timeout", "staff", "failed"];
        var given = kinds.Where(map.Has).ToList();
        if (given.Count != 1)
        {
            map.Bag.Error(DiagnosticCodes.NodeKind, map.Span, $"a step has exactly one of {string.Join(", ", kinds)}");
            return null;
        }

        var value = map.Node(given[0]) is YamlScalar scalar ? scalar.Value : "";
        var provider = map.OptionalText("provider") switch { "stop" => OptOutKind.Stop, "start" => OptOutKind.Start, "help" => OptOutKind.Help, _ => (OptOutKind?)null };
        var step = new TranscriptStep(given[0], value, map.OptionalDuration("after") ?? TimeSpan.FromSeconds(10), c => Make(given[0], value, index, provider, c))
        {
            Out = [.. map.Texts("out").Select(t => t.Value)],
            Events = [.. map.Texts("events").Select(t => t.Value)],
            State = [.. map.Texts("state").Select(t => t.Value)],
        };
        map.Done();
        return step;
    }

    private static TurnInput Make(string kind, string value, int index, OptOutKind? provider, Conversation c)
    {
        var ticket = c.Ticket ?? new TicketId("none");
        return (kind, value.Split(' ')) switch
        {
            ("in", _) => new TurnInput.MessageReceived(Id(index), value) { ProviderOptOut = provider, ProviderAnswersOptOut = provider is not null },
            ("opened", _) => new TurnInput.ConversationOpened(LanguageTag.FromLocale(value)),
            ("timeout", _) => new TurnInput.WaitTimedOut(value == "late" ? "late" : c.Flow?.WaitToken ?? "none"),
            ("failed", ["turn", ..]) => new TurnInput.TurnFailed(Id(index), value, null),
            ("failed", ["opted_out"]) => new TurnInput.DeliveryFailed(EventId.Of(c.Id, c.Version, 0), 21610, true),
            ("failed", _) => new TurnInput.DeliveryFailed(EventId.Of(c.Id, c.Version, 0), 30003, false),
            (_, ["joined"]) => new TurnInput.StaffJoined(ticket, Staff),
            (_, ["closed", var level]) when Enum.TryParse<TriageLevel>(level, out var set) => new TurnInput.TicketClosed(ticket, set),
            (_, ["level", var level]) when Enum.TryParse<TriageLevel>(level, out var set) => new TurnInput.LevelSet(ticket, set),
            _ => new TurnInput.StaffMessage(new Guid(index + 1, 0, 0, new byte[8]), ticket, Staff, value),
        };
    }

    private static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"m{index}");
}
