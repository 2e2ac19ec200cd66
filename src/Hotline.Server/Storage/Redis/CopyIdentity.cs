using System.Security.Cryptography;
using System.Text;

namespace Hotline.Server.Storage.Redis;

/// <summary>
/// Who this copy is for the others. The id stays with the data folder, which one process holds at a time: a copy that
/// starts again after a crash takes its own shards back at once, for the process that had them is certainly gone.
/// </summary>
internal sealed class CopyIdentity : IDisposable
{
    private const int Digits = 16;

    private readonly FileStream? _hold;

    private CopyIdentity(string id, FileStream? hold)
    {
        Id = id;
        _hold = hold;
    }

    public string Id { get; }

    /// <exception cref="InvalidOperationException">Another running copy uses the folder.</exception>
    public static CopyIdentity Hold(string file)
    {
        FileStream hold;
        try
        {
            hold = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            throw new InvalidOperationException("Data:Path is in use by another running copy; each copy needs a folder of its own", e);
        }

        var bytes = new byte[Digits];
        if (hold.Read(bytes) == Digits && bytes.All(b => char.IsAsciiHexDigitLower((char)b)))
        {
            return new(Encoding.ASCII.GetString(bytes), hold);
        }

        var id = RandomNumberGenerator.GetHexString(Digits, lowercase: true);
        hold.SetLength(0);
        hold.Write(Encoding.ASCII.GetBytes(id));
        hold.Flush(flushToDisk: true);
        return new(id, hold);
    }

    /// <summary>For a process without a folder, such as a test.</summary>
    public static CopyIdentity Passing() => new(RandomNumberGenerator.GetHexString(Digits, lowercase: true), null);

    public void Dispose() => _hold?.Dispose();
}
