namespace Hotline.Server.Turns;

/// <summary>Section <c>Content</c>: the folder that holds <c>dialogs</c> and <c>localization</c>.</summary>
internal sealed class ContentOptions
{
    public const string Section = "Content";

    /// <summary>Empty: the nearest folder with <c>dialogs/hotline.yaml</c>, from the working directory and from the program upwards.</summary>
    public string Path { get; set; } = "";

    /// <summary>A changed file is live within two seconds.</summary>
    public bool Watch { get; set; } = true;

    /// <summary>The folder to read, or <c>null</c> when there is none.</summary>
    public string? Find()
    {
        if (Path.Length > 0)
        {
            return Holds(Path) ? Path : null;
        }

        return Upwards(Directory.GetCurrentDirectory()) ?? Upwards(AppContext.BaseDirectory);
    }

    private static string? Upwards(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (Holds(folder.FullName))
            {
                return folder.FullName;
            }
        }

        return null;
    }

    private static bool Holds(string folder) => File.Exists(System.IO.Path.Combine(folder, "dialogs", "hotline.yaml"));
}
