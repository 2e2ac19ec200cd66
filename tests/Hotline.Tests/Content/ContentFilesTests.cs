using System.Text;
using Hotline.Content;
using Hotline.Sources;
using Xunit;

namespace Hotline.Tests.Content;

public sealed class ContentFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-content").FullName;

    [Fact]
    public void Save_and_load_give_the_same_files_and_the_same_bytes()
    {
        var files = Files(("dialogs/a.yaml", "a: ไทย\n"), ("localization/th.po", ""));
        var (first, second) = (Path.Combine(_folder, "x", "1.zip"), Path.Combine(_folder, "2.zip"));

        files.Save(first);
        files.Save(first);
        ContentFiles.Load(first).Save(second);

        Assert.Equal(files.Version, ContentFiles.Load(second).Version);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        Assert.Equal(["1.zip"], Directory.GetFiles(Path.Combine(_folder, "x")).Select(Path.GetFileName));
    }

    [Fact]
    public void Load_of_something_else_is_refused()
    {
        var path = Path.Combine(_folder, "x.zip");
        File.WriteAllText(path, "not a zip");

        Assert.Throws<InvalidDataException>(() => ContentFiles.Load(path));
    }

    [Fact]
    public void Version_changes_with_any_name_or_byte()
    {
        string[] versions =
        [
            Files(("a", "bc")).Version, Files(("ab", "c")).Version, Files(("a", "b"), ("c", "")).Version, Files(("a", "bC")).Version, Files().Version,
        ];

        Assert.Equal(versions.Length, versions.Distinct().Count());
        Assert.All(versions, v => Assert.Matches("^[0-9a-f]{16}$", v));
        Assert.Equal(Files(("a", "1"), ("b", "2")).Version, Files(("b", "2"), ("a", "1")).Version);
    }

    [Fact]
    public void FromFolder_takes_dialogs_and_catalogs_only()
    {
        foreach (var name in new[] { "dialogs/flows/a.yaml", "dialogs/schema/a.json", "dialogs/README.md", "localization/th.po", "localization/hotline.pot", "other/a.yaml" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, name))!);
            File.WriteAllText(Path.Combine(_folder, name), "x");
        }

        Assert.Equal(["dialogs/flows/a.yaml", "localization/th.po"], ContentFiles.FromFolder(_folder).All.Keys);
    }

    [Fact]
    public void Load_of_a_too_large_file_and_of_nothing_complains()
    {
        var files = Files(("dialogs/flows/big.yaml", new string('x', ContentFiles.MaxFileBytes + 1)));

        var load = ContentLoader.Load(files, new());

        Assert.Null(load.Snapshot);
        Assert.Equal(
            [("dialogs/flows/big.yaml", DiagnosticCodes.FileTooLarge), ("dialogs/hotline.yaml", DiagnosticCodes.FileMissing)],
            load.Diagnostics.Select(d => (d.Span.File, d.Code)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static ContentFiles Files(params (string Name, string Text)[] files) =>
        ContentFiles.Of(files.Select(f => KeyValuePair.Create(f.Name, Encoding.UTF8.GetBytes(f.Text))));
}
