using Hotline.Flows;
using Hotline.Transcripts;
using Xunit;

namespace Hotline.Tests.Engine;

public sealed class EngineTranscriptTests
{
    [Fact]
    public void Transcripts_of_the_small_line_go_as_written()
    {
        var update = Environment.GetEnvironmentVariable("UPDATE") == "1";
        var results = TranscriptRunner.RunFolder(EngineContent.Snapshot, Path.Combine(EngineContent.Folder, "transcripts"), update);

        Assert.NotEmpty(results);
        Assert.Empty(results.SelectMany(r => r.Differences));
    }

    [Fact]
    public void Every_kind_of_node_is_in_the_small_line()
    {
        var text = File.ReadAllText(Path.Combine(EngineContent.Folder, "content", "flows.yaml.txt"));

        Assert.All(FlowReader.Kinds, kind => Assert.Matches($@"[{{ ]{kind}:\s", text));
    }

    [Fact]
    public void A_transcript_that_expects_something_else_is_a_difference()
    {
        var bag = new Hotline.Sources.DiagnosticBag();
        var wrong = TranscriptReader.Read("x.yaml", "transcript: x\nsteps:\n  - in: hello\n    out: [nothing of the kind]\n", bag)!;

        var result = TranscriptRunner.Run(EngineContent.Snapshot, wrong);

        Assert.Contains("  - nothing of the kind", string.Join('\n', result.Differences), StringComparison.Ordinal);
    }
}
