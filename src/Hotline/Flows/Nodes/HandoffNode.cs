using Hotline.Conversations;
using Hotline.Sources;
using Hotline.Triage;

namespace Hotline.Flows.Nodes;

/// <summary>Asks for a human. It never lowers the level; with an open ticket it only raises that one's.</summary>
/// <example><code>
/// human: { handoff: R2, reason: flow, next: end }
/// </code></example>
public sealed record HandoffNode(NodeId Id, SourceSpan Span, TriageLevel Level, string Reason, NodeId Next) : FlowNode(Id, Span)
{
    public override IEnumerable<NodeId> Ways => [Next];

    public override bool HandsOff => true;

    internal static HandoffNode Read(NodeFields fields) => new(
        fields.Id,
        fields.Span,
        ReadLevel(fields.Map, "handoff") ?? TriageLevel.R2,
        fields.Map.OptionalText("reason") ?? "flow",
        fields.Way("next"));

    internal static TriageLevel? ReadLevel(YamlMap map, string key)
    {
        if (map.OptionalText(key) is not { } text)
        {
            return null;
        }

        if (text.Length == 2 && Enum.TryParse<TriageLevel>(text, out var level))
        {
            return level;
        }

        map.Bag.Error(DiagnosticCodes.BadValue, map.SpanOf(key), $"'{text}' is no level", "one of R0, R1, R2, R3");
        return null;
    }

    internal override Step Enter(FlowRun run)
    {
        run.WantHuman(Level, Reason);
        return new Step.Go(Next);
    }
}
