using Hotline.Conversations;
using Hotline.Sources;

namespace Hotline.Flows.Nodes;

/// <summary>Sets a field. The field <c>safe</c> with the value <c>no</c> keeps the line from writing until the person writes again.</summary>
/// <example><code>
/// mark: { set: { field: fee, value: "yes" }, next: end }
/// </code></example>
public sealed record SetNode(NodeId Id, SourceSpan Span, string Field, string Value, NodeId Next) : FlowNode(Id, Span)
{
    public override IEnumerable<NodeId> Ways => [Next];

    internal static SetNode Read(NodeFields fields)
    {
        var set = fields.Map.RequiredMap("set");
        var read = new SetNode(
            fields.Id, fields.Span, set?.RequiredText("field") ?? "", set?.RequiredText("value") ?? "", fields.Way("next"));
        set?.Done();
        return read;
    }

    internal override Step Enter(FlowRun run)
    {
        run.Set(Field, Value);
        return new Step.Go(Next);
    }
}
