using System.Collections.Immutable;
using Hotline.Conversations;
using Hotline.Sources;
using Hotline.Triage;

namespace Hotline.Flows.Nodes;

/// <summary>One test of a branch; exactly one of field, level and channel is there.</summary>
public sealed record BranchCase(NodeId Next)
{
    public string? Field { get; init; }

    public ImmutableArray<string> Is { get; init; } = [];

    public TriageLevel? Level { get; init; }

    public string? Channel { get; init; }

    internal bool Holds(Conversation c) =>
        Field is not null ? c.Fields.TryGetValue(Field, out var value) && Is.Contains(value, StringComparer.Ordinal)
        : Level is { } level ? c.Level >= level
        : c.Channel == Channel;
}

/// <summary>Goes the way of the first test that holds.</summary>
/// <example><code>
/// pick:
///   branch:
///     - { field: fee, is: [yes, unsure], next: end }
///     - { level: R2, next: end }
///     - { channel: directline, next: end }
///   else: end
/// </code></example>
public sealed record BranchNode(NodeId Id, SourceSpan Span, IReadOnlyList<BranchCase> Cases, NodeId Else) : FlowNode(Id, Span)
{
    public override IEnumerable<NodeId> Ways => [.. Cases.Select(c => c.Next), Else];

    internal static BranchNode Read(NodeFields fields) =>
        new(fields.Id, fields.Span, [.. fields.Map.Maps("branch").Select(ReadCase)], fields.Way("else"));

    private static BranchCase ReadCase(YamlMap map)
    {
        var read = new BranchCase(new(map.RequiredText("next") ?? Flow.End.Value))
        {
            Field = map.OptionalText("field"),
            Is = [.. map.Texts("is").Select(t => t.Value)],
            Level = HandoffNode.ReadLevel(map, "level"),
            Channel = map.OptionalText("channel"),
        };
        map.Done();
        if (new[] { read.Field is not null, read.Level is not null, read.Channel is not null }.Count(there => there) != 1
            || (read.Field is null) != read.Is.IsEmpty)
        {
            map.Bag.Error(DiagnosticCodes.BadValue, map.Span, "a test has one of 'field' with 'is', 'level' and 'channel'");
        }

        return read;
    }

    internal override Step Enter(FlowRun run) =>
        new Step.Go(Cases.FirstOrDefault(c => c.Holds(run.Conversation))?.Next ?? Else);
}
