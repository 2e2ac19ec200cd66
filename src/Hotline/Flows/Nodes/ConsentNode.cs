using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Flows.Nodes;

/// <summary>Asks for consent; the answer is recorded with the text that was shown and the version of the content.</summary>
/// <example><code>
/// agree:
///   consent: "May a trained person read your answers?"
///   purpose: screening
///   yes: end
///   yes_text: "Yes"
///   no: end
///   no_text: "No"
///   timeout: { after: 24h, next: end }
///   else: { next: agree }
/// </code></example>
public sealed record ConsentNode(NodeId Id, SourceSpan Span, TextRef Question, string Purpose) : FlowNode(Id, Span)
{
    public required AskOption Yes { get; init; }

    public required AskOption No { get; init; }

    public required WaitLimit Limit { get; init; }

    public required ElseWay Else { get; init; }

    public override IEnumerable<TextRef> Texts => Else.Say is null ? [Question, .. Choices] : [Question, .. Choices, Else.Say];

    public override IReadOnlyList<TextRef> Choices => [Yes.Text, No.Text];

    public override IEnumerable<NodeId> Ways => [Yes.Next, No.Next, Limit.Next, Else.Next ?? Id];

    public override bool Waits => true;

    internal static ConsentNode Read(NodeFields fields) =>
        new(fields.Id, fields.Span, fields.Text("consent", "consent"), fields.Map.RequiredText("purpose") ?? "")
        {
            Yes = new("yes", fields.Text("yes_text", "yes"), fields.Way("yes")),
            No = new("no", fields.Text("no_text", "no"), fields.Way("no")),
            Limit = fields.Timeout(),
            Else = fields.Else(),
        };

    internal override Step Enter(FlowRun run)
    {
        run.Ask(Question, Choices);
        return new Step.Wait(Limit.After);
    }

    internal override Step Answer(FlowRun run, string message)
    {
        var yes = run.Choose(message, Choices) switch
        {
            1 => true,
            2 => false,
            _ => run.YesOrNo(message),
        };
        if (yes is not { } given)
        {
            return new Step.NotUnderstood(Else.Say, Else.Next);
        }

        run.Add(new TurnEvent.ConsentAnswered(Purpose, given, $"{Question.Id}@{run.World.Version}"));
        return new Step.Go(given ? Yes.Next : No.Next);
    }

    internal override Step TimedOut(FlowRun run) => new Step.Go(Limit.Next);
}
