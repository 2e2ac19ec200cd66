using Hotline.Content;

namespace Hotline.Server.Tests.EndToEnd;

/// <summary>The content of the repository, read once.</summary>
internal static class RepositoryContent
{
    public static ContentSnapshot Snapshot { get; } =
        ContentLoader.Load(ContentFiles.FromFolder(ServerProcess.RepositoryRoot), new() { Development = true }) is { Snapshot: { } snapshot }
            ? snapshot
            : throw new InvalidOperationException("the content of the repository does not load: run ./hotline check");
}
