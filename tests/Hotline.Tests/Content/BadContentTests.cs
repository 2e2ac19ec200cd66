using System.Reflection;
using System.Runtime.CompilerServices;
using Hotline.Content;
using Hotline.Sources;
using Xunit;

namespace Hotline.Tests.Content;

/// <summary>
/// Each folder in <c>bad</c> lies over <c>good</c> and has one kind of fault; the exact complaints stand in
/// <c>NAME.expected</c> beside it. <c>UPDATE=1</c> rewrites them.
/// </summary>
public sealed class BadContentTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 15, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Codes whose samples stand elsewhere: with the flow reader, the triage rules, the size limits.</summary>
    private static readonly string[] Elsewhere =
    [
        DiagnosticCodes.NodeKind, DiagnosticCodes.UnknownNode, DiagnosticCodes.Options, DiagnosticCodes.UnknownConcept, DiagnosticCodes.WeakPhrase,
        DiagnosticCodes.FileTooLarge, DiagnosticCodes.FileMissing,
    ];

    private static readonly string Folder = Here();

    public static TheoryData<string> Samples() => [.. Directory.GetDirectories(Path.Combine(Folder, "bad")).Select(d => Path.GetFileName(d)!).Order()];

    [Fact]
    public void Load_good_content_has_no_complaint()
    {
        var load = ContentLoader.Load(ContentFiles.FromFolder(Path.Combine(Folder, "good")), new() { Now = Now });

        Assert.Empty(load.Diagnostics);
        Assert.NotNull(load.Snapshot);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Load_bad_content_complains_exactly(string sample)
    {
        var files = ContentFiles.FromFolder(Path.Combine(Folder, "good")).All
            .SetItems(ContentFiles.FromFolder(Path.Combine(Folder, "bad", sample)).All);

        var load = ContentLoader.Load(ContentFiles.Of(files), new() { Now = Now });

        var actual = string.Concat(load.Diagnostics.Select(d => d + "\n"));
        var expected = Path.Combine(Folder, "bad", sample + ".expected");
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(expected, actual);
        }

        Assert.Equal(File.ReadAllText(expected), actual);
        Assert.NotEmpty(actual);
        Assert.Equal(load.Diagnostics.Any(d => d.Severity == Severity.Error), load.Snapshot is null);
    }

    [Fact]
    public void Every_code_has_a_sample()
    {
        var all = string.Concat(Directory.GetFiles(Path.Combine(Folder, "bad"), "*.expected").Select(File.ReadAllText));
        var codes = typeof(DiagnosticCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);

        Assert.All(codes.Except(Elsewhere), code => Assert.Contains(code, all, StringComparison.Ordinal));
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
