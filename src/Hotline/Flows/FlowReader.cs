using System.Collections.Frozen;
using Hotline.Conversations;
using Hotline.Flows.Nodes;
using Hotline.Sources;

namespace Hotline.Flows;

/// <summary>Reads one file of <c>dialogs/flows</c>.</summary>
public static class FlowReader
{
    private static readonly FrozenDictionary<string, Func<NodeFields, FlowNode>> Readers =
        new Dictionary<string, Func<NodeFields, FlowNode>>
        {
            ["say"] = SayNode.Read,
            ["ask"] = AskNode.Read,
            ["consent"] = ConsentNode.Read,
            ["language"] = LanguageNode.Read,
            ["branch"] = BranchNode.Read,
            ["set"] = SetNode.Read,
            ["resources"] = ResourcesNode.Read,
            ["handoff"] = HandoffNode.Read,
            ["flow"] = CallNode.Read,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The keys that make a node what it is; every node has exactly one of them.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Readers.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The flow, or <c>null</c> when it cannot be read (the bag says why).</summary>
    public static Flow? Read(string file, string text, DiagnosticBag bag)
    {
        if (YamlReader.Read(file, text, bag) is not { } mapping)
        {
            return null;
        }

        var root = new YamlMap(mapping, bag);
        var name = root.RequiredText("flow");
        var kind = ReadKind(root);
        var title = root.RequiredText("title");
        var start = root.RequiredText("start");
        var codes = ReadCodes(root);
        var nodes = root.RequiredMap("nodes");
        root.Done();
        if (name is null || nodes is null)
        {
            return null;
        }

        var id = new FlowId(name);
        var read = new Dictionary<NodeId, FlowNode>();
        foreach (var entry in nodes.Entries)
        {
            if (ReadNode(id, entry, bag) is { } node)
            {
                read[node.Id] = node;
            }
        }

        var known = nodes.Entries.Select(e => e.Key).ToHashSet(StringComparer.Ordinal);
        ReportUnknown(read.Values, known, bag);
        if (start is not null && !known.Contains(start))
        {
            bag.Error(DiagnosticCodes.UnknownNode, root.SpanOf("start"), $"the flow has no node '{start}'");
        }

        return title is null || start is null
            ? null
            : new Flow(id, kind, new($"{id}/title", title, root.SpanOf("title")), new(start), read.ToFrozenDictionary(), mapping.Span) { Codes = codes };
    }

    private static FlowNode? ReadNode(FlowId flow, YamlEntry entry, DiagnosticBag bag)
    {
        if (entry.Value is not YamlMapping mapping)
        {
            bag.Error(DiagnosticCodes.WrongKind, entry.Value.Span, $"the node '{entry.Key}' must be a mapping");
            return null;
        }

        if (entry.Key == Flow.End.Value)
        {
            bag.Error(DiagnosticCodes.NodeKind, entry.KeySpan, "'end' ends a flow and cannot be a node");
            return null;
        }

        var map = new YamlMap(mapping with { Span = entry.KeySpan }, bag);
        var kinds = mapping.Entries.Select(e => e.Key).Where(Readers.ContainsKey).ToList();
        if (kinds.Count != 1)
        {
            bag.Error(DiagnosticCodes.NodeKind, entry.KeySpan, $"the node '{entry.Key}' must have exactly one of {string.Join(", ", Kinds)}");
            return null;
        }

        var node = Readers[kinds[0]](new NodeFields(flow, new(entry.Key), map));
        map.Done();
        return node;
    }

    private static void ReportUnknown(IEnumerable<FlowNode> nodes, HashSet<string> known, DiagnosticBag bag)
    {
        foreach (var node in nodes)
        {
            foreach (var way in node.Ways.Distinct().Where(w => w != Flow.End && !known.Contains(w.Value)))
            {
                bag.Error(DiagnosticCodes.UnknownNode, node.Span, $"'{node.Id}' leads to '{way}', which does not exist",
                    "name a node of this flow, or 'end'");
            }
        }
    }

    private static FlowKind ReadKind(YamlMap root)
    {
        var text = root.RequiredText("kind");
        foreach (var kind in Enum.GetValues<FlowKind>())
        {
            if (string.Equals(text, kind.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        if (text is not null)
        {
            root.Bag.Error(DiagnosticCodes.BadValue, root.SpanOf("kind"), $"'{text}' is no kind of flow",
                $"one of {string.Join(", ", Enum.GetNames<FlowKind>().Select(k => k.ToLowerInvariant()))}");
        }

        return FlowKind.Advice;
    }

    private static List<string> ReadCodes(YamlMap root)
    {
        var codes = new List<string>();
        foreach (var code in root.Texts("codes"))
        {
            if (code.Value.All(char.IsAsciiLetterOrDigit))
            {
                codes.Add(code.Value);
            }
            else
            {
                root.Bag.Error(DiagnosticCodes.BadValue, code.Span, "a code has only the letters A to Z and digits");
            }
        }

        return codes;
    }
}
