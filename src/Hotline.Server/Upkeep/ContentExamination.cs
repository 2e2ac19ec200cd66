using Hotline.Content;
using Hotline.Server.Hosting;
using Hotline.Server.Turns;
using Hotline.Sources;

namespace Hotline.Server.Upkeep;

/// <summary>The dialogs and texts, as a start would read them.</summary>
internal sealed class ContentExamination(ContentOptions options, DataOptions data, IHostEnvironment environment)
{
    public IReadOnlyList<Finding> Run()
    {
        var lastGood = File.Exists(data.Under(Path.Combine("content", "last-good.zip")));
        if (options.Find() is not { } folder)
        {
            return [lastGood
                ? Finding.Warn("content", "there is no content folder; a start runs on the last good content", "set Content:Path")
                : Finding.Fail("content", "there is no content folder", "set Content:Path to the folder of dialogs and localization")];
        }

        var loaded = ContentLoader.Load(ContentFiles.FromFolder(folder), new() { Development = environment.IsDevelopment() });
        var errors = loaded.Diagnostics.Where(d => d.Severity == Severity.Error).ToList();
        if (errors.Count > 0 || loaded.Snapshot is null)
        {
            var first = errors.Count > 0 ? errors[0].ToString() : "nothing could be read";
            return [lastGood
                ? Finding.Warn("content", $"{errors.Count} errors; a start runs on the last good content. First: {first}", "./hotline check")
                : Finding.Fail("content", $"{errors.Count} errors, and no earlier content to run on. First: {first}", "./hotline check")];
        }

        return [Finding.Ok("content", $"version {loaded.Snapshot.Version} is well, with {loaded.Diagnostics.Count} remarks")];
    }
}
