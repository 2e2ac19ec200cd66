using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Flows.Nodes;

/// <summary>Says a text and goes on.</summary>
/// <example><code>
/// intro: { say: "Answer four short questions.", next: end }
/// </code></example>
public sealed record SayNode(NodeId Id, SourceSpan Span, TextRef Text, NodeId Next) : FlowNode(Id, Span)
{
    public override IEnumerable<TextRef> Texts => [Text];

    public override IEnumerable<NodeId> Ways => [Next];

    internal static SayNode Read(NodeFields fields) => new(fields.Id, fields.Span, fields.Text("say", "say"), fields.Way("next"));

    internal override Step Enter(FlowRun run)
    {
        run.Say(Text);
        return new Step.Go(Next);
    }
}
