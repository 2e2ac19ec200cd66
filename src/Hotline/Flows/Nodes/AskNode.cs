using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Flows.Nodes;

public sealed record AskOption(string Id, TextRef Text, NodeId Next);

/// <summary>Asks with numbered options and waits.</summary>
/// <example><code>
/// fee:
///   ask: "Did they ask you to pay before you go?"
///   options:
///     - { id: yes, text: "Yes", next: end }
///     - { id: no, text: "No", next: end }
///   save: fee
///   timeout: { after: 24h, next: end }
///   else: { say: "Please answer with a number." }
/// </code></example>
public sealed record AskNode(NodeId Id, SourceSpan Span, TextRef Question, IReadOnlyList<AskOption> Options) : FlowNode(Id, Span)
{
    public const int MaxOptions = 9;

    public string? Save { get; init; }

    public required WaitLimit Limit { get; init; }

    public required ElseWay Else { get; init; }

    public override IEnumerable<TextRef> Texts => Else.Say is null ? [Question, .. Choices] : [Question, .. Choices, Else.Say];

    public override IReadOnlyList<TextRef> Choices => [.. Options.Select(o => o.Text)];

    public override IEnumerable<NodeId> Ways => [.. Options.Select(o => o.Next), Limit.Next, Else.Next ?? Id];

    public override bool Waits => true;

    /// <summary>A question with options, or one for free text: both begin with <c>ask</c>.</summary>
    internal static FlowNode Read(NodeFields fields)
    {
        if (!fields.Map.Has("options"))
        {
            return FreeTextNode.Read(fields);
        }

        var options = new List<AskOption>();
        foreach (var map in fields.Map.Maps("options"))
        {
            var id = map.RequiredText("id") ?? "";
            options.Add(new(id, fields.TextOf(map, "text", $"option/{id}"), new(map.RequiredText("next") ?? Flow.End.Value)));
            map.Done();
        }

        if (options.Count is 0 or > MaxOptions || options.DistinctBy(o => o.Id).Count() != options.Count)
        {
            fields.Map.Bag.Error(DiagnosticCodes.Options, fields.Map.SpanOf("options"), $"1 to {MaxOptions} options, each with its own id");
        }

        return new AskNode(fields.Id, fields.Span, fields.Text("ask", "ask"), options)
        {
            Save = fields.Map.OptionalText("save"),
            Limit = fields.Timeout(),
            Else = fields.Else(),
        };
    }

    internal override Step Enter(FlowRun run)
    {
        run.Ask(Question, Choices);
        return new Step.Wait(Limit.After);
    }

    internal override Step Answer(FlowRun run, string message)
    {
        if (run.Choose(message, Choices) is not { } number)
        {
            return new Step.NotUnderstood(Else.Say, Else.Next);
        }

        var option = Options[number - 1];
        if (Save is not null)
        {
            run.Set(Save, option.Id);
        }

        return new Step.Go(option.Next);
    }

    internal override Step TimedOut(FlowRun run) => new Step.Go(Limit.Next);
}
