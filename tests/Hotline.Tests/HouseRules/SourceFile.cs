using System.Text.RegularExpressions;

namespace Hotline.Tests.HouseRules;

/// <summary>A source file as the rules see it: its path from the root of the repository, and its lines.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    public string[] Lines => Text.Split('\n');

    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary><c>src/Hotline/Flows/X.cs</c> → <c>Flows</c>; a file at a project's root has the empty room.</summary>
    public string Room => Path.Split('/') is ["src", _, var room, _, ..] ? room : "";

    public string Project => Path.Split('/') is ["src" or "tests", var project, ..] ? project : "";

    public IEnumerable<string> Usings =>
        Regex.Matches(Text, @"^\s*(?:@?global )?@?using (?:static )?(?:\w+ = )?(?<ns>Hotline[\w.]*)", RegexOptions.Multiline).Select(m => m.Groups["ns"].Value);

    public static IReadOnlyList<SourceFile> All { get; } = ReadAll();

    public static string Root { get; } = FindRoot();

    private static List<SourceFile> ReadAll() =>
        [.. new[] { "src", "tests" }
            .SelectMany(folder => Directory.EnumerateFiles(System.IO.Path.Combine(FindRoot(), folder), "*.*", SearchOption.AllDirectories))
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal))
            .Where(f => !f.Contains("/node_modules/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal))
            .Select(f => new SourceFile(System.IO.Path.GetRelativePath(FindRoot(), f).Replace('\\', '/'), File.ReadAllText(f)))];

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Hotline.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("the tests run inside the repository");
    }
}
