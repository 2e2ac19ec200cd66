using Hotline.Conversations;
using Hotline.Flows;
using Hotline.Sources;

namespace Hotline.Content;

/// <summary>Checks on the graph of each flow, and between flows.</summary>
internal static class FlowChecks
{
    private static readonly NodeId End = new("end");

    public static void NodesReachable(Flow flow, DiagnosticBag bag)
    {
        var reached = Reach(flow, [flow.Start]);
        foreach (var node in InOrder(flow).Where(n => !reached.Contains(n.Id)))
        {
            bag.Error(DiagnosticCodes.Unreachable, node.Span, $"nothing leads to '{node.Id}'", "remove it or name it in a 'next'");
        }
    }

    /// <summary>From every node some way must end the flow: a person must never go round for ever.</summary>
    public static void NoDeadEnds(Flow flow, DiagnosticBag bag)
    {
        foreach (var node in InOrder(flow))
        {
            if (!node.Ways.Any())
            {
                bag.Error(DiagnosticCodes.DeadEnd, node.Span, $"'{node.Id}' has no way on", "give it 'next'");
            }
            else if (!Reach(flow, [node.Id]).Contains(End))
            {
                bag.Error(DiagnosticCodes.DeadEnd, node.Span, $"no way from '{node.Id}' ever ends the flow", "give one of the nodes 'next: end'");
            }
        }
    }

    /// <summary>A circle that waits nowhere would talk without end.</summary>
    public static void LoopsWait(Flow flow, DiagnosticBag bag)
    {
        foreach (var node in InOrder(flow).Where(n => !n.Waits))
        {
            var next = node.Ways.Where(w => !(flow.Nodes.GetValueOrDefault(w)?.Waits ?? true));
            if (Reach(flow, next, through: n => !n.Waits).Contains(node.Id))
            {
                bag.Error(DiagnosticCodes.LoopWithoutWait, node.Span, $"'{node.Id}' comes back to itself without waiting for the person");
            }
        }
    }

    public static void StartedFlowsExist(Flow flow, ContentSnapshot snapshot, DiagnosticBag bag)
    {
        foreach (var node in InOrder(flow))
        {
            foreach (var target in node.Starts.Where(t => !snapshot.Flows.ContainsKey(t)))
            {
                bag.Error(DiagnosticCodes.UnknownFlow, node.Span, $"'{node.Id}' starts the flow '{target}', which does not exist");
            }
        }
    }

    /// <summary>Flows that start each other in a circle must wait somewhere on it.</summary>
    public static void FlowCirclesWait(ContentSnapshot snapshot, DiagnosticBag bag)
    {
        foreach (var flow in snapshot.Flows.Values.OrderBy(f => f.Id.Value, StringComparer.Ordinal))
        {
            var seen = new HashSet<FlowId>();
            var open = new Stack<FlowId>(AtOnce(flow));
            while (open.TryPop(out var id))
            {
                if (id == flow.Id)
                {
                    bag.Error(DiagnosticCodes.LoopWithoutWait, flow.Span, $"the flow '{flow.Id}' starts itself again without waiting for the person");
                    break;
                }

                if (seen.Add(id) && snapshot.Flows.TryGetValue(id, out var other))
                {
                    AtOnce(other).ToList().ForEach(open.Push);
                }
            }
        }
    }

    /// <summary>The flows of need must lead to a human: the menu, the offer and the safety flow hand off themselves or start one that does.</summary>
    public static void HumanReachable(ContentSnapshot snapshot, DiagnosticBag bag)
    {
        foreach (var flow in snapshot.Flows.Values
            .Where(f => f.Kind is FlowKind.Menu or FlowKind.Offer)
            .OrderBy(f => f.Id.Value, StringComparer.Ordinal))
        {
            if (!LeadsToHuman(flow, snapshot, []))
            {
                bag.Error(DiagnosticCodes.NoHuman, flow.Span, $"no way through the flow '{flow.Id}' leads to a human",
                    "add a choice whose node has 'handoff'");
            }
        }
    }

    private static bool LeadsToHuman(Flow flow, ContentSnapshot snapshot, HashSet<FlowId> seen)
    {
        if (!seen.Add(flow.Id))
        {
            return false;
        }

        var reached = Reach(flow, [flow.Start]);
        return flow.Nodes.Values.Where(n => reached.Contains(n.Id)).Any(n => n.HandsOff
            || n.Starts.Any(s => snapshot.Flows.TryGetValue(s, out var other) && LeadsToHuman(other, snapshot, seen)));
    }

    /// <summary>Flows that this one starts before it waits for the first time.</summary>
    private static IEnumerable<FlowId> AtOnce(Flow flow)
    {
        if (flow.Nodes.GetValueOrDefault(flow.Start)?.Waits ?? true)
        {
            return [];
        }

        var reached = Reach(flow, [flow.Start], through: n => !n.Waits);
        return flow.Nodes.Values.Where(n => reached.Contains(n.Id) && !n.Waits).SelectMany(n => n.Starts);
    }

    private static HashSet<NodeId> Reach(Flow flow, IEnumerable<NodeId> from, Func<FlowNode, bool>? through = null)
    {
        var reached = new HashSet<NodeId>();
        var open = new Stack<NodeId>(from);
        while (open.TryPop(out var id))
        {
            if (reached.Add(id) && flow.Nodes.TryGetValue(id, out var node) && (through is null || through(node)))
            {
                foreach (var way in node.Ways)
                {
                    open.Push(way);
                }
            }
        }

        return reached;
    }

    private static IEnumerable<FlowNode> InOrder(Flow flow) => flow.Nodes.Values.OrderBy(n => n.Span.Line).ThenBy(n => n.Span.Column);
}
