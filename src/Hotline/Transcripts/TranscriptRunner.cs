using Hotline.Content;
using Hotline.Conversations;
using Hotline.Sources;

namespace Hotline.Transcripts;

/// <summary>What a replay gave. <see cref="Differences"/> is empty when all was as written.</summary>
/// <param name="Actual">The steps as they really went, for rewriting the file.</param>
/// <param name="Visited">Nodes at which the conversation waited, as <c>flow/node</c>.</param>
public sealed record TranscriptResult(
    Transcript Transcript, IReadOnlyList<string> Differences, IReadOnlyList<TranscriptStep> Actual, IReadOnlyCollection<string> Visited);

/// <summary>
/// Replays a transcript with a fixed clock. The state is written to JSON and read again between every two turns, so that
/// nothing survives by accident.
/// </summary>
public static class TranscriptRunner
{
    public static TranscriptResult Run(ContentSnapshot snapshot, Transcript transcript)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        var conversation = Conversation.Begin(
            new("00000000000000000000000000000001"), transcript.Channel, new(new string('a', 64)), new(Address(transcript)));
        var now = transcript.Start;
        var differences = new List<string>();
        var actual = new List<TranscriptStep>();
        var visited = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in transcript.Steps)
        {
            now += step.After;
            var result = TurnEngine.Run(snapshot, conversation, step.Input(conversation), now);
            conversation = ConversationJson.Read(ConversationJson.Write(result.Conversation));
            visited.UnionWith(result.Events.Select(e => e.Event).OfType<TurnEvent.WaitStarted>().Select(w => $"{w.Flow}/{w.Node}"));
            var went = step with
            {
                Out = [.. result.Events.Select(e => e.Event).OfType<TurnEvent.MessageOut>().Select(TranscriptForm.Of)],
                Events = [.. result.Events.Select(e => TranscriptForm.Of(e.Event)).OfType<string>()],
                State = [.. step.State.Select(s => Assertion(conversation, s))],
            };
            actual.Add(went);
            var place = $"{transcript.File}: step {actual.Count} ({step.Label}: {step.Text})";
            Compare(differences, place, "out", step.Out, went.Out);
            Compare(differences, place, "events", step.Events, went.Events);
            Compare(differences, place, "state", step.State, went.State);
        }

        return new(transcript, differences, actual, visited);
    }

    /// <summary>An SMS line has numbers and pages; any other channel of a transcript has neither.</summary>
    private static string Address(Transcript transcript) =>
        transcript.Channel.StartsWith("sms", StringComparison.Ordinal) ? "tel:+10000000000" : "test:somebody";

    /// <summary>Replays every <c>*.yaml</c> of a folder; a file that cannot be read is a result with its complaints.</summary>
    /// <param name="update">Write what really happened into the files.</param>
    public static IReadOnlyList<TranscriptResult> RunFolder(ContentSnapshot snapshot, string folder, bool update)
    {
        var results = new List<TranscriptResult>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bag = new DiagnosticBag();
            var transcript = TranscriptReader.Read(file, File.ReadAllText(file), bag);
            if (transcript is null || bag.HasErrors)
            {
                results.Add(new(new(file, file, "test", default, []), [.. bag.Sorted().Select(d => d.ToString())], [], []));
                continue;
            }

            var result = Run(snapshot, transcript);
            if (update && result.Differences.Count > 0)
            {
                File.WriteAllText(file, TranscriptWriter.Rewrite(File.ReadAllText(file), result.Actual));
            }

            results.Add(result);
        }

        return results;
    }

    private static string Assertion(Conversation conversation, string line)
    {
        var part = line.Split(": ", 2)[0];
        return $"{part}: {TranscriptForm.Of(conversation, part) ?? "(no such part)"}";
    }

    private static void Compare(List<string> differences, string place, string what, IReadOnlyList<string> wanted, IReadOnlyList<string> got)
    {
        if (wanted.SequenceEqual(got, StringComparer.Ordinal))
        {
            return;
        }

        differences.Add($"{place}: {what}\n"
            + string.Join('\n', wanted.Except(got).Select(w => $"  - {w.ReplaceLineEndings("⏎")}")
                .Concat(got.Except(wanted).Select(g => $"  + {g.ReplaceLineEndings("⏎")}"))
                .DefaultIfEmpty("  the same lines in another order or number")));
    }
}
