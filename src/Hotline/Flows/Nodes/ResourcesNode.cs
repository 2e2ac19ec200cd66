using Hotline.Conversations;
using Hotline.Resources;
using Hotline.Sources;

namespace Hotline.Flows.Nodes;

/// <summary>Says up to three services that may be shown now. Without <c>country</c> the field <c>country</c> counts.</summary>
/// <example><code>
/// help: { resources: { need: labour, country: TH }, next: end, none: end }
/// </code></example>
public sealed record ResourcesNode(NodeId Id, SourceSpan Span, string? Need, string? Country) : FlowNode(Id, Span)
{
    private const int Most = 3;

    public required NodeId Next { get; init; }

    public required NodeId None { get; init; }

    public override IEnumerable<NodeId> Ways => [Next, None];

    internal static ResourcesNode Read(NodeFields fields)
    {
        var query = fields.Map.RequiredMap("resources");
        var need = query?.OptionalText("need");
        if (need is not null && !ResourceReader.Needs.Contains(need))
        {
            fields.Map.Bag.Error(DiagnosticCodes.BadValue, query!.SpanOf("need"), $"'{need}' is no known need",
                $"one of {string.Join(", ", ResourceReader.Needs)}");
        }

        var read = new ResourcesNode(fields.Id, fields.Span, need, query?.OptionalText("country"))
        {
            Next = fields.Way("next"),
            None = fields.Way("none"),
        };
        query?.Done();
        return read;
    }

    internal override Step Enter(FlowRun run)
    {
        var country = Country ?? run.Conversation.Fields.GetValueOrDefault("country")?.ToUpperInvariant();
        var found = run.World.Resources.Search(new(Need, country, run.Language), run.Now);
        foreach (var resource in found.Take(Most))
        {
            run.SayResource(resource);
        }

        return new Step.Go(found.Count > 0 ? Next : None);
    }
}
