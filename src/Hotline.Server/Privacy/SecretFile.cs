namespace Hotline.Server.Privacy;

/// <summary>A file for the server's own eyes: new, on the disk, and readable by nobody else.</summary>
internal static class SecretFile
{
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> body)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(body);
        file.Flush(flushToDisk: true);
    }
}
