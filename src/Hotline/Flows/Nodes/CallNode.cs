using Hotline.Conversations;
using Hotline.Sources;

namespace Hotline.Flows.Nodes;

/// <summary>Runs another flow, then comes back.</summary>
/// <example><code>
/// story: { flow: story_fishing, next: end }
/// </code></example>
public sealed record CallNode(NodeId Id, SourceSpan Span, FlowId Target, NodeId Next) : FlowNode(Id, Span)
{
    public override IEnumerable<NodeId> Ways => [Next];

    public override IEnumerable<FlowId> Starts => [Target];

    internal static CallNode Read(NodeFields fields) =>
        new(fields.Id, fields.Span, new(fields.Map.RequiredText("flow") ?? ""), fields.Way("next"));

    internal override Step Enter(FlowRun run) => new Step.Call(Target, Next);
}
