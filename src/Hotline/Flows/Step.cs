using Hotline.Conversations;
using Hotline.Localization;

namespace Hotline.Flows;

/// <summary>What a node wants to happen next. A closed list.</summary>
internal abstract record Step
{
    private Step()
    {
    }

    internal sealed record Go(NodeId Next) : Step;

    /// <summary>Stop here until the person writes, at most this long.</summary>
    internal sealed record Wait(TimeSpan For) : Step;

    /// <summary>Run another flow, then come back to <paramref name="Back"/>.</summary>
    internal sealed record Call(FlowId Flow, NodeId Back) : Step;

    /// <summary>The answer fits nothing: say this, go there; <c>null</c> = ask again.</summary>
    internal sealed record NotUnderstood(TextRef? Say, NodeId? Next) : Step;
}
