namespace Hotline.Conversations;

/// <summary>What one turn makes: the next conversation and the facts, in order.</summary>
/// <param name="Changed"><c>false</c> when the input had no effect (a late time-out, a repeat): nothing is to be stored.</param>
public sealed record TurnResult(Conversation Conversation, IReadOnlyList<RecordedEvent> Events, bool Changed = true);
