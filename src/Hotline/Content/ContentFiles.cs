using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Hotline.Content;

/// <summary>
/// All content files in memory: path (such as <c>dialogs/flows/menu.yaml</c>) to bytes. Read from a folder, or saved and
/// loaded as one file. Reading never fails on a single bad file: what is too large stands in <see cref="TooLarge"/>.
/// </summary>
public sealed class ContentFiles
{
    public const int MaxFileBytes = 4 * 1024 * 1024;
    public const int MaxFiles = 5_000;
    public const long MaxTotalBytes = 64L * 1024 * 1024;

    private static readonly DateTimeOffset FixedTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private ContentFiles(ImmutableSortedDictionary<string, byte[]> all, ImmutableArray<string> tooLarge)
    {
        All = all;
        TooLarge = tooLarge;
        Version = Hash(all);
    }

    public ImmutableSortedDictionary<string, byte[]> All { get; }

    /// <summary>Paths that were left out because they, or all together, are over the limit.</summary>
    public ImmutableArray<string> TooLarge { get; }

    /// <summary>Hash over all paths and bytes, 16 hex digits.</summary>
    public string Version { get; }

    public static ContentFiles Of(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        var all = ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        var tooLarge = ImmutableArray.CreateBuilder<string>();
        long total = 0;
        foreach (var (path, bytes) in files)
        {
            total += bytes.Length;
            if (bytes.Length > MaxFileBytes || total > MaxTotalBytes || all.Count >= MaxFiles)
            {
                tooLarge.Add(path);
            }
            else
            {
                all[path] = bytes;
            }
        }

        return new(all.ToImmutable(), tooLarge.ToImmutable());
    }

    /// <summary>The content under a folder that holds <c>dialogs</c> and <c>localization</c>; missing folders give no files.</summary>
    public static ContentFiles FromFolder(string folder) => Of(
        ((string[])["dialogs", "localization"])
            .Select(name => Path.Combine(folder, name))
            .Where(Directory.Exists)
            .SelectMany(path => Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories))
            .Select(path => (path, name: Path.GetRelativePath(folder, path).Replace('\\', '/')))
            .Where(f => IsContent(f.name))
            .OrderBy(f => f.name, StringComparer.Ordinal)
            .Select(f => KeyValuePair.Create(f.name, ReadBounded(f.path))));

    /// <summary>Writes all files as one zip, whole or not at all: a reader sees the old file or the new one.</summary>
    public void Save(string path)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = full + ".new";
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
            {
                foreach (var (name, bytes) in All)
                {
                    var entry = zip.CreateEntry(name);
                    entry.LastWriteTime = FixedTime;
                    using var target = entry.Open();
                    target.Write(bytes);
                }
            }

            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, full, overwrite: true);
    }

    /// <exception cref="InvalidDataException">The file is no saved content.</exception>
    public static ContentFiles Load(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return Of([.. zip.Entries.Select(entry =>
        {
            using var source = entry.Open();
            return KeyValuePair.Create(entry.FullName, ReadBounded(source));
        })]);
    }

    private static bool IsContent(string name) =>
        (name.StartsWith("dialogs/", StringComparison.Ordinal) && Path.GetExtension(name) is ".yaml" or ".yml")
        || name == "dialogs/triage/model.txt"
        || (name.StartsWith("localization/", StringComparison.Ordinal) && Path.GetExtension(name) is ".po");

    private static byte[] ReadBounded(string path)
    {
        using var stream = File.OpenRead(path);
        return ReadBounded(stream);
    }

    /// <summary>At most one byte more than the limit, so that the caller sees that it is too much.</summary>
    private static byte[] ReadBounded(Stream stream)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[81_920];
        int read;
        while (memory.Length <= MaxFileBytes && (read = stream.Read(buffer)) > 0)
        {
            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }

    private static string Hash(ImmutableSortedDictionary<string, byte[]> all)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, bytes) in all)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(path));
            hash.AppendData([0]);
            hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
