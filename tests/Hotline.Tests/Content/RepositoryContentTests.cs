using System.Runtime.CompilerServices;
using System.Text;
using Hotline.Content;
using Hotline.Localization;
using Hotline.Sources;
using Hotline.Tests.Localization;
using Xunit;

namespace Hotline.Tests.Content;

/// <summary>The content of the repository itself.</summary>
public sealed class RepositoryContentTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "../../.."));

    private const string Harm = "{}[]:,\"'\n\t#|>&*!%@\\-?";

    private static readonly ContentFiles Files = ContentFiles.FromFolder(Root);

    public static TheoryData<string> Catalogs() => [.. LanguageTag.All.Where(l => l != LanguageTag.English).Select(l => l.Value)];

    [Fact]
    public void Load_gives_no_error_and_nothing_is_missing_or_stale()
    {
        var load = ContentLoader.Load(Files, new() { Development = true });

        Assert.Empty(load.Diagnostics);
        Assert.NotNull(load.Snapshot);
    }

    [Theory]
    [MemberData(nameof(Catalogs))]
    public void Catalog_is_what_sync_msgcat_and_msgfmt_want(string language)
    {
        var text = File.ReadAllText(Path.Combine(Root, "localization", $"{language}.po"));
        var bag = new DiagnosticBag();
        var catalog = PoReader.Read($"{language}.po", text, bag);
        var template = PotExtractor.Extract(Files, bag);

        Assert.Empty(bag.Items);
        Assert.Equal(text, PoWriter.Write(PoSync.Merge(template!, catalog, LanguageTag.Parse(language))));
        Assert.Equal(text, Gettext.Msgcat(text));
        Gettext.Check(text);
    }

    [Fact]
    public void Template_is_current()
    {
        var template = PotExtractor.Extract(Files, new());

        Assert.Equal(File.ReadAllText(Path.Combine(Root, "localization", "hotline.pot")), PoWriter.Write(template!));
    }

    [Fact]
    public void Load_of_any_damaged_content_never_throws()
    {
        var chance = new Random(20260615);
        var names = Files.All.Keys.ToList();
        for (var i = 0; i < 20; i++)
        {
            var name = names[chance.Next(names.Count)];
            var text = new StringBuilder(Encoding.UTF8.GetString(Files.All[name]));
            for (var j = 0; j < 4; j++)
            {
                var at = chance.Next(text.Length);
                switch (chance.Next(3))
                {
                    case 0:
                        text.Remove(at, Math.Min(chance.Next(1, 12), text.Length - at));
                        break;
                    case 1:
                        text.Insert(at, Harm[chance.Next(Harm.Length)]);
                        break;
                    default:
                        text.Length = at + 1;
                        break;
                }
            }

            var load = ContentLoader.Load(ContentFiles.Of(Files.All.SetItem(name, Encoding.UTF8.GetBytes(text.ToString()))), new());
            Assert.True(load.Snapshot is not null || load.Diagnostics.Count > 0);
        }
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
