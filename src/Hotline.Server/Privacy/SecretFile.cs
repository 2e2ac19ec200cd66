namespace Hotline.Server.Privacy;

/// <summary>A file for the server's own eyes: new, on the disk, and readable by nobody else.</summary>
internal static class SecretFile
{
    /// <exception cref="IOException">It is there already, or cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> body)
    {
        using var file = Make(path);
        file.Write(body);
        file.Flush(flushToDisk: true);
    }

    /// <exception cref="IOException">It is there already, or cannot be read or written.</exception>
    public static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var file = Make(to);
        source.CopyTo(file);
        file.Flush(flushToDisk: true);
    }

    private static FileStream Make(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
    }
}
