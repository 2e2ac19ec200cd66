using System.Security.Cryptography;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;

namespace Hotline.Server.Upkeep;

/// <summary>
/// <c>backup DIR [--keys DIR]</c>: everything that this copy keeps, while it runs or not. The order makes it whole: what
/// is copied later may know of more than what was copied before, and every step is recognised when it is done again.
/// A message leaves the spool for the conversations, facts leave them for the cases, and no key is younger than its data.
/// </summary>
internal sealed class Backup(DataOptions data, SecretPlaces secrets, TimeProvider time)
{
    private static readonly string[] Databases = ["conversations.db", "cases.db"];

    public const string RingFile = "keyring.xml";

    /// <summary>The half that may be kept for as long as you like, and the half that must be gone after seven days.</summary>
    public async Task<(Manifest Data, Manifest Keys)> MakeAsync(KeyStore keys, string target, string keyTarget)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        var now = time.GetUtcNow();
        MakeFolder(target);
        MakeFolder(keyTarget);

        CopyFolder(data.Under("spool"), Path.Combine(target, "spool"), "*.msg");
        foreach (var name in Databases.Where(name => File.Exists(data.Under(name))))
        {
            SqliteCopy.Make(data.Under(name), Path.Combine(target, name));
        }

        CopyFolder(data.Under("uploads"), Path.Combine(target, "uploads"), "*");
        CopyFolder(data.Under("content"), Path.Combine(target, "content"), "*.zip");

        // noted before they are copied: what is erased from now on outlives in this back-up
        await keys.NoteBackupAsync(now, CancellationToken.None);
        SqliteCopy.Make(secrets.Keys, Path.Combine(keyTarget, "keys.db"));
        var ring = new MasterKeys(secrets.KeyRing);
        if (ring.All().Count > 0) // before the first person writes there is none
        {
            ring.SaveTo(Path.Combine(keyTarget, RingFile));
        }

        SecretFile.Copy(secrets.Pepper, Path.Combine(keyTarget, "pepper"));
        if (File.Exists(data.Under("directline.key")))
        {
            SecretFile.Copy(data.Under("directline.key"), Path.Combine(keyTarget, "directline.key"));
        }

        var keyHalf = Seal(keyTarget, id, Manifest.KeysHalf, now, now + Erasure.BackupsLiveFor);
        return (Seal(target, id, Manifest.DataHalf, now, null), keyHalf);
    }

    /// <summary>Removes the keys of earlier back-ups beside this one whose time is over. Returns their folders.</summary>
    public IReadOnlyList<string> RemoveExpired(string keyTarget)
    {
        var gone = new List<string>();
        foreach (var folder in KeyFolders(keyTarget))
        {
            if (ExpiryOf(folder) is { } expires && expires <= time.GetUtcNow())
            {
                Directory.Delete(folder, recursive: true);
                gone.Add(folder);
            }
        }

        return gone;
    }

    private static DateTimeOffset? ExpiryOf(string folder)
    {
        try
        {
            return Manifest.Read(folder) is { Half: Manifest.KeysHalf } keys ? keys.Expires : null;
        }
        catch (UpkeepException)
        {
            return null; // not ours, or damaged: nothing that we may remove
        }
    }

    /// <summary>Folders like the given one: <c>…/DAY</c>, or <c>…/DAY/keys</c>.</summary>
    private static IEnumerable<string> KeyFolders(string keyTarget)
    {
        var own = Path.GetFullPath(keyTarget);
        var inside = Path.GetFileName(own) == Manifest.KeysHalf;
        var parent = Path.GetDirectoryName(inside ? Path.GetDirectoryName(own) : own);
        return parent is null
            ? []
            : [.. Directory.EnumerateDirectories(parent)
                .Select(folder => inside ? Path.Combine(folder, Manifest.KeysHalf) : folder)
                .Where(folder => folder != own && File.Exists(Path.Combine(folder, Manifest.FileName)))];
    }

    private static Manifest Seal(string folder, string id, string half, DateTimeOffset made, DateTimeOffset? expires)
    {
        var files = Manifest.List(folder).Where(f => half == Manifest.KeysHalf || !f.Path.StartsWith($"{Manifest.KeysHalf}/", StringComparison.Ordinal)).ToList();
        var versions = files.Where(f => f.Path.EndsWith(".db", StringComparison.Ordinal))
            .ToDictionary(f => f.Path, f => SqliteCopy.VersionOf(Path.Combine(folder, f.Path)), StringComparer.Ordinal);
        var manifest = new Manifest(Manifest.CurrentForm, id, half, made, expires, ServerVersion.Text, versions, files);
        manifest.Write(folder);
        return manifest;
    }

    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new UpkeepException($"{folder} is not empty: every back-up has a folder of its own");
        }

        PrivateFolder.Make(folder);
    }

    private static void CopyFolder(string from, string to, string pattern)
    {
        if (!Directory.Exists(from))
        {
            return;
        }

        PrivateFolder.Make(to);
        foreach (var file in Directory.EnumerateFiles(from, pattern))
        {
            try
            {
                SecretFile.Copy(file, Path.Combine(to, Path.GetFileName(file)));
            }
            catch (FileNotFoundException)
            {
                // gone meanwhile: a message that was run, an upload whose time was over
            }
        }
    }
}
