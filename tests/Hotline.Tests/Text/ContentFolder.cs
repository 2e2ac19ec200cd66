using Hotline.Sources;

namespace Hotline.Tests.Text;

/// <summary>The real files of <c>dialogs</c>, found from the test's own folder upwards.</summary>
internal static class ContentFolder
{
    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceText> Read(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Root, "dialogs", folder), "*.yaml")
            .Order(StringComparer.Ordinal)
            .Select(f => new SourceText($"dialogs/{folder}/{Path.GetFileName(f)}", File.ReadAllText(f)))];

    private static string FindRoot()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Hotline.sln")))
        {
            root = root.Parent ?? throw new InvalidOperationException("no solution above the tests");
        }

        return root.FullName;
    }
}
