using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hotline.Server.Privacy;
using Hotline.Server.Turns;

namespace Hotline.Server.Upkeep;

/// <summary>One file of a back-up.</summary>
/// <param name="Path">Below the folder of the manifest, with <c>/</c>.</param>
internal sealed record BackedFile(string Path, long Bytes, string Sha256);

/// <summary>
/// What a half of a back-up holds. It is written last: a folder without it is a back-up that was not finished.
/// Both halves of one back-up carry the same id.
/// </summary>
/// <param name="Half"><c>data</c> or <c>keys</c>.</param>
/// <param name="Expires">Of the keys: from then on they must not exist any more.</param>
/// <param name="Versions">Form of each database.</param>
internal sealed record Manifest(
    int Form, string Id, string Half, DateTimeOffset Made, DateTimeOffset? Expires, string Server, IReadOnlyDictionary<string, string> Versions, IReadOnlyList<BackedFile> Files)
{
    public const int CurrentForm = 1;
    public const string FileName = "manifest.json";
    public const string DataHalf = "data";
    public const string KeysHalf = "keys";

    /// <exception cref="UpkeepException">There is none, or it cannot be read: the back-up is not whole.</exception>
    public static Manifest Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            throw new UpkeepException(Directory.Exists(folder)
                ? $"{folder} has no {FileName}: the back-up was not finished, or this is none. Take another one"
                : $"{folder} is not there");
        }

        try
        {
            var read = JsonSerializer.Deserialize(File.ReadAllBytes(file), ManifestJson.Default.Manifest) ?? throw new JsonException("null is no manifest");
            return read.Form == CurrentForm && read.Files is not null && read.Versions is not null && read.Id is not null
                ? read
                : throw new UpkeepException($"{file} is of form {read.Form}; this server knows form {CurrentForm}");
        }
        catch (JsonException e)
        {
            throw new UpkeepException($"{file} is damaged. Take another back-up", e);
        }
    }

    public void Write(string folder)
    {
        SecretFile.Write(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.Manifest));
        DirectorySync.Flush(folder);
    }

    /// <summary>Every file of a folder that is being backed up.</summary>
    public static IReadOnlyList<BackedFile> List(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)
            .Select(path => Measure(folder, path))];

    /// <summary>What is not as it was written, each in plain words.</summary>
    public IEnumerable<string> FindDamage(string folder)
    {
        foreach (var file in Files)
        {
            // a path from outside could point anywhere
            if (file.Path.Length == 0 || Path.IsPathRooted(file.Path) || file.Path.Split('/').Contains(".."))
            {
                yield return "a path leads out of the back-up";
            }
            else if (!File.Exists(Path.Combine(folder, file.Path)))
            {
                yield return $"{file.Path} is missing";
            }
            else if (Measure(folder, file.Path) != file)
            {
                yield return $"{file.Path} is damaged";
            }
        }
    }

    private static BackedFile Measure(string folder, string path)
    {
        using var stream = File.OpenRead(Path.Combine(folder, path));
        return new(path, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}

[JsonSerializable(typeof(Manifest))]
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
internal sealed partial class ManifestJson : JsonSerializerContext;
