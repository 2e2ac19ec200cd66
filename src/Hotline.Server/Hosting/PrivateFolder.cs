namespace Hotline.Server.Hosting;

/// <summary>A folder for the server's own eyes.</summary>
internal static class PrivateFolder
{
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
