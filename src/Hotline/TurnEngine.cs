using Hotline.Content;
using Hotline.Conversations;

namespace Hotline;

/// <summary>
/// The face of the library: one turn as a pure function. Triage first, in every state; then commands; then staff hold;
/// then tickets and the safety flow; then the waiting flow or a new one.
/// </summary>
public static class TurnEngine
{
    public static TurnResult Run(ContentSnapshot snapshot, Conversation conversation, TurnInput input, DateTimeOffset now) =>
        new(conversation, [], false);
}
