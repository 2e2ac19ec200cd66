using System.Collections.Frozen;
using Hotline.Conversations;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Flows;

/// <summary>What a flow is for; it decides what happens when one of its nodes is gone, and the budget of its texts.</summary>
public enum FlowKind
{
    Advice,
    Story,
    Menu,
    Welcome,
    Language,
    Offer,
    Safety,
    Consent,
    Waiting,
    Closing,
}

/// <summary>A dialog: nodes from a start to an end. One file of <c>dialogs/flows</c>.</summary>
public sealed record Flow(
    FlowId Id, FlowKind Kind, TextRef Title, NodeId Start, FrozenDictionary<NodeId, FlowNode> Nodes, SourceSpan Span)
{
    /// <summary>A way on of this name ends the flow.</summary>
    public static NodeId End { get; } = new("end");

    /// <summary>Campaign codes: a whole message that is one of them starts the flow.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];
}

/// <summary>One place in a flow: something said, asked, decided or done, and the way on.</summary>
public abstract record FlowNode(NodeId Id, SourceSpan Span)
{
    /// <summary>Every text of the node, options included, for translation and for the content checks.</summary>
    public virtual IEnumerable<TextRef> Texts => [];

    /// <summary>The titles of the numbered choices, in order; part of <see cref="Texts"/>.</summary>
    public virtual IReadOnlyList<TextRef> Choices => [];

    /// <summary>Every node that can come next, time-out and else included; <c>end</c> ends the flow.</summary>
    public virtual IEnumerable<NodeId> Ways => [];

    /// <summary>The flow stops here for the person.</summary>
    public virtual bool Waits => false;

    /// <summary>Flows that the node starts.</summary>
    public virtual IEnumerable<FlowId> Starts => [];

    /// <summary>The node asks for a human.</summary>
    public virtual bool HandsOff => false;

    /// <summary>Does what the node does when the flow comes to it.</summary>
    internal abstract Step Enter(FlowRun run);

    /// <summary>What the person wrote while the flow waited here.</summary>
    internal virtual Step Answer(FlowRun run, string message) => new Step.NotUnderstood(null, null);

    /// <summary>The wait ran out.</summary>
    internal virtual Step TimedOut(FlowRun run) => new Step.Go(Flow.End);
}
