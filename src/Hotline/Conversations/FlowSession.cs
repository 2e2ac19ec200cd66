using System.Collections.Immutable;

namespace Hotline.Conversations;

/// <summary>A place in a flow; the last frame is where the session waits, those before it are to be returned to.</summary>
public sealed record FlowFrame(FlowId Flow, NodeId Node);

/// <summary>One run through flows, stopped at a wait.</summary>
/// <param name="Frames">Never empty.</param>
/// <param name="WaitToken">Identity of this wait. A time-out with another token comes late and does nothing.</param>
/// <param name="Due">When the wait times out.</param>
/// <param name="ContentVersion">Version of the content that the flow began with.</param>
public sealed record FlowSession(
    ImmutableArray<FlowFrame> Frames,
    string WaitToken,
    DateTimeOffset Due,
    string ContentVersion);
