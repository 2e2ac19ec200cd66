using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Flows.Nodes;

/// <summary>Lists every language of the line by its own name and stores the choice.</summary>
/// <example><code>
/// pick:
///   language: "Choose your language"
///   next: end
///   timeout: { after: 24h, next: end }
///   else: { next: pick }
/// </code></example>
public sealed record LanguageNode(NodeId Id, SourceSpan Span, TextRef Question, NodeId Next) : FlowNode(Id, Span)
{
    public required WaitLimit Limit { get; init; }

    public required ElseWay Else { get; init; }

    public override IEnumerable<TextRef> Texts => Else.Say is null ? [Question] : [Question, Else.Say];

    public override IEnumerable<NodeId> Ways => [Next, Limit.Next, Else.Next ?? Id];

    public override bool Waits => true;

    internal static LanguageNode Read(NodeFields fields) =>
        new(fields.Id, fields.Span, fields.Text("language", "language"), fields.Way("next")) { Limit = fields.Timeout(), Else = fields.Else() };

    internal override Step Enter(FlowRun run)
    {
        run.AskLanguage(Question);
        return new Step.Wait(Limit.After);
    }

    internal override Step Answer(FlowRun run, string message)
    {
        if (run.ChooseLanguage(message) is not { } tag)
        {
            return new Step.NotUnderstood(Else.Say, Else.Next);
        }

        run.SetLanguage(tag);
        return new Step.Go(Next);
    }

    internal override Step TimedOut(FlowRun run) => new Step.Go(Limit.Next);
}
