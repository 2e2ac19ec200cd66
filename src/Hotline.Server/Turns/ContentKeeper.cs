using Hotline.Content;
using Hotline.Sources;

namespace Hotline.Server.Turns;

/// <summary>What came of reading the content at the start.</summary>
/// <param name="Snapshot">What to run on, or <c>null</c> when there is nothing to run on.</param>
/// <param name="Faults">Errors of the files in the folder; with a snapshot, that is the last good one.</param>
internal sealed record ContentStart(ContentSnapshot? Snapshot, IReadOnlyList<Diagnostic> Faults);

/// <summary>
/// Reads the content folder, keeps each accepted set as one file under <c>data/content</c>, and falls back to the last
/// good one when the files are broken at a start.
/// </summary>
internal sealed class ContentKeeper(string? folder, string lastGood, ContentLoadOptions rules)
{
    private string _seen = "";

    public ContentStart Start()
    {
        var (snapshot, faults) = Read();
        if (snapshot is not null)
        {
            return new(snapshot, []);
        }

        try
        {
            return File.Exists(lastGood) ? new(ContentLoader.Load(ContentFiles.Load(lastGood), rules).Snapshot, faults) : new(null, faults);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return new(null, faults);
        }
    }

    /// <summary>The files as they are now. <c>null</c> without faults: nothing has changed since the last look.</summary>
    public ContentStart? Look()
    {
        if (folder is null || ContentFiles.FromFolder(folder) is var files && files.Version == _seen)
        {
            return null;
        }

        var (snapshot, faults) = Read();
        return new(snapshot, faults);
    }

    private (ContentSnapshot? Snapshot, IReadOnlyList<Diagnostic> Faults) Read()
    {
        if (folder is null)
        {
            return (null, [new(Severity.Error, DiagnosticCodes.FileMissing, SourceSpan.WholeFile("dialogs/hotline.yaml"), "no content folder was found", "set Content:Path")]);
        }

        var files = ContentFiles.FromFolder(folder);
        _seen = files.Version;
        var loaded = ContentLoader.Load(files, rules);
        var errors = loaded.Diagnostics.Where(d => d.Severity == Severity.Error).ToList();
        if (errors.Count > 0 || loaded.Snapshot is null)
        {
            return (null, errors);
        }

        files.Save(lastGood);
        return (loaded.Snapshot, []);
    }
}
