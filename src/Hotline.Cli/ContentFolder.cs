using Hotline.Content;
using Hotline.Sources;

namespace Hotline.Cli;

/// <summary>Loads the content that a command works on, and says on the error stream why it cannot.</summary>
internal static class ContentFolder
{
    /// <summary>The files, or <c>null</c> when there is no content in the folder.</summary>
    public static ContentFiles? Files(string folder, Terminal terminal)
    {
        if (Directory.Exists(Path.Combine(folder, "dialogs")))
        {
            return ContentFiles.FromFolder(folder);
        }

        terminal.Error.WriteLine($"no folder 'dialogs' in {folder}: name the content folder with --content");
        return null;
    }

    /// <summary>The checked snapshot, or <c>null</c> after every error was written.</summary>
    /// <param name="without">A file that is left out.</param>
    public static ContentSnapshot? Snapshot(string folder, Terminal terminal, string? without = null)
    {
        if (Files(folder, terminal) is not { } files)
        {
            return null;
        }

        files = without is null ? files : ContentFiles.Of(files.All.Where(f => f.Key != without));
        var load = ContentLoader.Load(files, new() { Development = true });
        if (load.Snapshot is null)
        {
            WriteErrors(load.Diagnostics, terminal);
        }

        return load.Snapshot;
    }

    public static void WriteErrors(IEnumerable<Diagnostic> diagnostics, Terminal terminal)
    {
        foreach (var diagnostic in diagnostics.Where(d => d.Severity == Severity.Error))
        {
            terminal.Error.WriteLine(diagnostic);
        }
    }
}
