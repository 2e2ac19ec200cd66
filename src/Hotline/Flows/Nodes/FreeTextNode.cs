using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Flows.Nodes;

/// <summary>Asks for words of the person's own and keeps the first 200 units of them.</summary>
/// <example><code>
/// where:
///   ask: "Which country are you in now?"
///   save: country
///   next: end
///   timeout: { after: 24h, next: end }
/// </code></example>
public sealed record FreeTextNode(NodeId Id, SourceSpan Span, TextRef Question, string Save, NodeId Next) : FlowNode(Id, Span)
{
    public required WaitLimit Limit { get; init; }

    public override IEnumerable<TextRef> Texts => [Question];

    public override IEnumerable<NodeId> Ways => [Next, Limit.Next];

    public override bool Waits => true;

    internal static FreeTextNode Read(NodeFields fields) =>
        new(fields.Id, fields.Span, fields.Text("ask", "ask"), fields.Map.RequiredText("save") ?? "", fields.Way("next"))
        {
            Limit = fields.Timeout(),
        };

    internal override Step Enter(FlowRun run)
    {
        run.Ask(Question, []);
        return new Step.Wait(Limit.After);
    }

    internal override Step Answer(FlowRun run, string message)
    {
        if (string.IsNullOrWhiteSpace(message))
        {
            return new Step.NotUnderstood(null, null);
        }

        run.Set(Save, message.Trim());
        return new Step.Go(Next);
    }

    internal override Step TimedOut(FlowRun run) => new Step.Go(Limit.Next);
}
