using System.Security.Cryptography;

namespace Hotline.Server.Privacy;

/// <summary>The secret behind every pseudonym. Made once, never overwritten.</summary>
internal static class PepperFile
{
    public const int Size = 32;

    /// <exception cref="InvalidOperationException">The file is there and is not a pepper.</exception>
    public static byte[] ReadOrMake(string path)
    {
        if (!File.Exists(path))
        {
            Make(path);
        }

        var pepper = File.ReadAllBytes(path);
        return pepper.Length == Size
            ? pepper
            : throw new InvalidOperationException($"Privacy:PepperFile must hold {Size} bytes and holds {pepper.Length}; restore it from the key back-up");
    }

    private static void Make(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!); // a file always has a folder
        var half = $"{path}.{Environment.ProcessId}.new";
        File.Delete(half);
        SecretFile.Write(half, RandomNumberGenerator.GetBytes(Size));
        try
        {
            File.Move(half, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(half); // another copy was faster; its pepper counts
        }
    }
}
