using System.Runtime.CompilerServices;
using Hotline.Content;
using Hotline.Server.Turns;
using Hotline.Triage;
using Xunit;

namespace Hotline.Server.Tests.Turns;

/// <summary>A phrase written into a triage file by hand is in the next look at the content; a faulty one is refused with its place.</summary>
public sealed class TriageReloadTests : IDisposable
{
    private const string Message = "zorblefixx";

    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-reload").FullName;

    [Fact]
    public void A_phrase_added_by_hand_is_found_and_a_faulty_one_refused_with_its_place()
    {
        foreach (var (name, bytes) in ContentFiles.FromFolder(Path.GetFullPath(Path.Combine(Here(), "../../.."))).All)
        {
            var path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }

        var keeper = new ContentKeeper(_folder, Path.Combine(_folder, "last-good.zip"), new() { Development = true });
        var before = keeper.Start().Snapshot!.Triage.Assess(Message);
        var nothing = keeper.Look();
        Add("en", Message);
        var after = keeper.Look()!.Snapshot!.Triage.Assess(Message);
        var line = Add("th", "(ก|ข");
        var refused = keeper.Look()!;

        Assert.Equal(TriageLevel.R3, before.Level);
        Assert.Null(nothing);
        Assert.Equal(TriageLevel.R0, after.Level);
        Assert.Equal(("wants_to_die", 0, Message.Length), (after.Hits[0].Rule, after.Hits[0].Start, after.Hits[0].Length));
        Assert.Null(refused.Snapshot);
        Assert.Contains($"dialogs/triage/th.yaml:{line}:", Assert.Single(refused.Faults).ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>As the first phrase of wanting to die; returns its line.</summary>
    private int Add(string language, string phrase)
    {
        var path = Path.Combine(_folder, "dialogs", "triage", $"{language}.yaml");
        var lines = File.ReadAllLines(path).ToList();
        var at = lines.FindIndex(l => l.StartsWith("  suicide:", StringComparison.Ordinal));
        if (lines[at].Contains('[', StringComparison.Ordinal))
        {
            lines[at] = lines[at].Replace("[", $"[\"{phrase}\", ", StringComparison.Ordinal);
        }
        else
        {
            lines.Insert(++at, $"    - \"{phrase}\"");
        }

        File.WriteAllLines(path, lines);
        return at + 1;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
