using Hotline.Flows.Nodes;

namespace Hotline;

/// <summary>Whether an answer to the safety question clearly says that there is no danger.</summary>
internal static class SafetyAnswer
{
    /// <summary>
    /// Clear are: an option with the id <c>no_danger</c>, or <c>no</c> of the field <c>danger</c>. Anything else is not.
    /// </summary>
    public static bool IsNoDanger(Turn turn, string message)
    {
        if (turn.Conversation.Flow is not { Frames: [.., var top] }
            || !turn.Snapshot.Flows.TryGetValue(top.Flow, out var flow)
            || flow.Nodes.GetValueOrDefault(top.Node) is not AskNode ask
            || turn.Run.Choose(message, ask.Choices) is not { } number)
        {
            return false;
        }

        var option = ask.Options[number - 1];
        return option.Id == "no_danger" || (option.Id == "no" && ask.Save == "danger");
    }
}
