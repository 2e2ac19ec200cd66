using System.Security.Cryptography;
using System.Text;
using Hotline.Server.Hosting;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>The key that signs tokens: the configured one, else one that is made once and kept in the data folder.</summary>
internal sealed class SigningKey(byte[] bytes)
{
    public byte[] Sign(ReadOnlySpan<byte> text) => HMACSHA256.HashData(bytes, text);

    public static SigningKey Load(DirectLineOptions options, DataOptions data)
    {
        if (options.SigningKey.Length > 0)
        {
            return new(SHA256.HashData(Encoding.UTF8.GetBytes(options.SigningKey)));
        }

        var file = data.Under("directline.key");
        try
        {
            using var made = new FileStream(file, NewFile());
            var key = RandomNumberGenerator.GetBytes(32);
            made.Write(key);
            made.Flush(flushToDisk: true);
            return new(key);
        }
        catch (IOException) when (File.Exists(file))
        {
            var kept = File.ReadAllBytes(file);
            return kept.Length == 32
                ? new(kept)
                : throw new InvalidDataException("directline.key in the data folder is damaged: remove it, and open chats start anew");
        }
    }

    private static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
