using Hotline.Conversations;

namespace Hotline.Transcripts;

/// <summary>A conversation as data: what comes in, and what is expected of each turn.</summary>
/// <param name="Channel">Name of the channel; <c>test</c> when the file names none.</param>
public sealed record Transcript(string File, string Name, string Channel, DateTimeOffset Start, IReadOnlyList<TranscriptStep> Steps);

/// <summary>One input and its expected outcome.</summary>
/// <param name="Label">The input as the file writes it.</param>
/// <param name="After">Time that passes before it.</param>
/// <param name="Input">Makes the input from the conversation as it stands (staff inputs need its ticket, time-outs its token).</param>
public sealed record TranscriptStep(string Label, string Text, TimeSpan After, Func<Conversation, TurnInput> Input)
{
    public IReadOnlyList<string> Out { get; init; } = [];

    /// <summary>The other events, each in its short form; see <see cref="TranscriptForm"/>.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>What must hold of the conversation afterwards, such as <c>control: human</c>.</summary>
    public IReadOnlyList<string> State { get; init; } = [];
}
