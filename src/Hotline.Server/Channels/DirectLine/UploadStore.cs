using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hotline.Conversations;
using Hotline.Server.Privacy;

namespace Hotline.Server.Channels.DirectLine;

/// <summary>A file that a person sent.</summary>
internal sealed record Upload(string ContentType, string Name, byte[] Bytes);

/// <summary>
/// Files of chats, sealed with the contact's key, under ids that cannot be guessed; gone after a day. The name on disk
/// is the id alone; whose file it is, and since when, stands at its head as pseudonym and time.
/// </summary>
internal sealed class UploadStore(string folder, KeyStore keys, TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    /// <summary>Of all files together; more is refused until old ones go.</summary>
    private const long MaxTotal = 2L * 1024 * 1024 * 1024;

    private const int TimeSize = 8;
    private const int ContactSize = 64;

    /// <summary>The id, or <c>null</c> when the folder is full.</summary>
    public async Task<string?> AddAsync(ContactKey contact, Upload upload, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        if (new DirectoryInfo(folder).EnumerateFiles().Sum(f => f.Length) + upload.Bytes.Length > MaxTotal)
        {
            return null;
        }

        var id = RandomNumberGenerator.GetHexString(40, lowercase: true);
        var about = WireJson.Write(new JsonObject { ["type"] = upload.ContentType, ["name"] = upload.Name });
        var plain = new byte[4 + about.Length + upload.Bytes.Length];
        BinaryPrimitives.WriteInt32LittleEndian(plain, about.Length);
        about.CopyTo(plain, 4);
        upload.Bytes.CopyTo(plain, 4 + about.Length);
        var head = new byte[TimeSize + ContactSize];
        BinaryPrimitives.WriteInt64LittleEndian(head, time.GetUtcNow().ToUnixTimeSeconds());
        Encoding.ASCII.GetBytes(contact.Value, head.AsSpan(TimeSize));
        var seal = await keys.ForContactAsync(contact, ct);

        var file = new FileStream(Path.Combine(folder, id), FileMode.CreateNew, FileAccess.Write);
        await using (file)
        {
            await file.WriteAsync(head, ct);
            await file.WriteAsync(seal.Seal(plain, Purpose(id)), ct);
            file.Flush(flushToDisk: true);
        }

        return id;
    }

    /// <summary>The file, or <c>null</c> when there is none, it is too old, or its key was erased.</summary>
    public async Task<Upload?> FindAsync(string id, CancellationToken ct)
    {
        var file = Path.Combine(folder, id);
        if (!IsId(id) || !File.Exists(file))
        {
            return null;
        }

        var bytes = await File.ReadAllBytesAsync(file, ct);
        if (bytes.Length <= TimeSize + ContactSize || IsOld(bytes))
        {
            return null;
        }

        var contact = new ContactKey(Encoding.ASCII.GetString(bytes.AsSpan(TimeSize, ContactSize)));
        try
        {
            var plain = (await keys.ForContactAsync(contact, ct)).Open(bytes.AsSpan(TimeSize + ContactSize), Purpose(id));
            var length = BinaryPrimitives.ReadInt32LittleEndian(plain);
            var about = WireJson.ReadObject(plain.AsSpan(4, length));
            return new(WireJson.Text(about, "type") ?? "application/octet-stream", WireJson.Text(about, "name") ?? "file", plain[(4 + length)..]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Deletes what has outlived its day.</summary>
    public int Sweep()
    {
        var removed = 0;
        foreach (var file in Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles() : [])
        {
            var head = new byte[TimeSize];
            using (var reader = file.OpenRead())
            {
                if (reader.ReadAtLeast(head, TimeSize, throwOnEndOfStream: false) == TimeSize && !IsOld(head))
                {
                    continue;
                }
            }

            file.Delete();
            removed++;
        }

        return removed;
    }

    private static bool IsId(string id) => id.Length == 40 && id.All(char.IsAsciiHexDigitLower);

    private static string Purpose(string id) => $"upload:{id}";

    private bool IsOld(ReadOnlySpan<byte> head) =>
        DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64LittleEndian(head)) + Life <= time.GetUtcNow();
}
