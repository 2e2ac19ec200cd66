using Hotline.Content;
using Hotline.Tests.Engine;
using Hotline.Transcripts;
using Xunit;

namespace Hotline.Tests.Transcripts;

/// <summary>The transcripts of <c>tests/transcripts</c> on the content of the repository. <c>UPDATE=1</c> rewrites them.</summary>
public sealed class RepositoryTranscriptTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(EngineContent.Folder, "../../.."));

    [Fact]
    public void Transcripts_go_as_written()
    {
        var load = ContentLoader.Load(ContentFiles.FromFolder(Root), new() { Development = true });
        Assert.True(load.Snapshot is not null, string.Join('\n', load.Diagnostics));

        var results = TranscriptRunner.RunFolder(
            load.Snapshot, Path.Combine(Root, "tests", "transcripts"), Environment.GetEnvironmentVariable("UPDATE") == "1");

        Assert.NotEmpty(results);
        Assert.Empty(results.SelectMany(r => r.Differences));
    }
}
