using System.Collections.Immutable;
using Hotline.Conversations;

namespace Hotline.Flows;

/// <summary>How a run of the interpreter ended.</summary>
internal enum FlowEnd
{
    Waiting,
    Finished,

    /// <summary>The answer fitted nothing; nothing was said.</summary>
    NotUnderstood,

    /// <summary>A flow or node is not there any more, or the flow goes round without end.</summary>
    Broken,
}

/// <summary>Goes from node to node until one waits. The last frame is where it is; the ones below are returned to.</summary>
internal static class FlowInterpreter
{
    private const int MostSteps = 100;
    public const int MostFrames = 8;

    /// <summary>Runs the frames from the top one's node on.</summary>
    public static FlowEnd Run(FlowRun run, ImmutableArray<FlowFrame> frames)
    {
        run.Conversation = run.Conversation with { Flow = null };
        for (var steps = 0; steps < MostSteps; steps++)
        {
            if (frames.IsEmpty)
            {
                return FlowEnd.Finished;
            }

            if (frames[^1].Node == Flow.End)
            {
                frames = frames.RemoveAt(frames.Length - 1);
                continue;
            }

            if (Find(run, frames[^1]) is not { } node)
            {
                return Break(run, frames);
            }

            switch (node.Enter(run))
            {
                case Step.Go(var next):
                    frames = To(frames, next);
                    break;
                case Step.Call(var flow, var back) when run.World.Flows.TryGetValue(flow, out var called):
                    frames = To(frames, back);
                    frames = (frames[^1].Node == Flow.End ? frames.RemoveAt(frames.Length - 1) : frames).Add(new(flow, called.Start));
                    if (frames.Length > MostFrames)
                    {
                        return Break(run, frames);
                    }

                    run.Add(new TurnEvent.FlowStarted(flow));
                    break;
                case Step.Wait when run.Conversation.NotSafe:
                    return FlowEnd.Finished; // a question that may not be asked is not waited for
                case Step.Wait(var time):
                    Stop(run, frames, time);
                    return FlowEnd.Waiting;
                default:
                    return Break(run, frames);
            }
        }

        return Break(run, frames);
    }

    /// <summary>Gives the message to the node that waits.</summary>
    /// <param name="giveUp">Do not ask again when the answer fits nothing: the caller has something better.</param>
    /// <param name="otherwise">Says that nothing was understood, when the node has no words of its own for it.</param>
    public static FlowEnd Answer(FlowRun run, string message, bool giveUp, Action otherwise)
    {
        if (run.Conversation.Flow is not { Frames: [.., var top] frames } || Find(run, top) is not { Waits: true } node)
        {
            return Break(run, run.Conversation.Flow?.Frames ?? []);
        }

        switch (node.Answer(run, message))
        {
            case Step.Go(var next):
                run.Conversation = run.Conversation with { NotUnderstood = 0 };
                return Run(run, To(frames, next));
            case Step.NotUnderstood when giveUp:
                return FlowEnd.NotUnderstood;
            case Step.NotUnderstood(var say, var next):
                run.Conversation = run.Conversation with { NotUnderstood = run.Conversation.NotUnderstood + 1 };
                if (say is not null)
                {
                    run.Say(say);
                }
                else
                {
                    otherwise();
                }

                return Run(run, To(frames, next ?? top.Node));
            default:
                return Break(run, frames);
        }
    }

    /// <summary>Whether the waiting question numbers its answers and the message is one of them. Changes nothing.</summary>
    public static bool Fits(FlowRun run, string message) =>
        run.Conversation.Flow is { Frames: [.., var top] } && Find(run, top) is { Waits: true } node
        && (node.Choices.Count == 0 || run.Choose(message, node.Choices) is not null);

    public static FlowEnd TimeOut(FlowRun run)
    {
        if (run.Conversation.Flow is not { Frames: [.., var top] frames } || Find(run, top) is not { } node)
        {
            return Break(run, run.Conversation.Flow?.Frames ?? []);
        }

        return node.TimedOut(run) is Step.Go(var next) ? Run(run, To(frames, next)) : Break(run, frames);
    }

    private static FlowEnd Break(FlowRun run, ImmutableArray<FlowFrame> frames)
    {
        run.Broken = frames.IsEmpty ? null : frames[^1].Flow;
        return FlowEnd.Broken;
    }

    private static FlowNode? Find(FlowRun run, FlowFrame frame) =>
        run.World.Flows.TryGetValue(frame.Flow, out var flow) ? flow.Nodes.GetValueOrDefault(frame.Node) : null;

    private static ImmutableArray<FlowFrame> To(ImmutableArray<FlowFrame> frames, NodeId next) =>
        frames.SetItem(frames.Length - 1, frames[^1] with { Node = next });

    private static void Stop(FlowRun run, ImmutableArray<FlowFrame> frames, TimeSpan time)
    {
        var due = run.Now + time;
        var token = EventId.Of(run.Conversation.Id, run.Conversation.Version + 1, run.Facts.Count).Value;
        run.Add(new TurnEvent.WaitStarted(frames[^1].Flow, frames[^1].Node, token, due));
        run.Conversation = run.Conversation with { Flow = new(frames, token, due, run.World.Version) };
    }
}
