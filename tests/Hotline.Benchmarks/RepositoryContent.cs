using Hotline.Content;

namespace Hotline.Benchmarks;

/// <summary>The content of the repository that the benchmarks stand in.</summary>
internal static class RepositoryContent
{
    public static string Root { get; } = FindRoot();

    public static ContentSnapshot Load()
    {
        var load = ContentLoader.Load(ContentFiles.FromFolder(Root), new() { Development = true });
        return load.Snapshot ?? throw new InvalidOperationException($"the content does not load: {load.Diagnostics[0]}");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hotline.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("run it inside the repository");
    }
}
