using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Server.Storage;
using Hotline.Server.Turns;

namespace Hotline.Server.Upkeep;

/// <summary>
/// <c>restore DIR [--keys DIR]</c>: puts a back-up into an empty data folder. Everything is checked before anything is
/// written, and a mark stands in the folder until all is there, so that a half-restored one is never started.
/// </summary>
internal sealed class Restore(DataOptions data, SecretPlaces secrets, TimeProvider time)
{
    public Manifest Run(string source, string keySource)
    {
        var (dataHalf, keyHalf) = Check(source, keySource);
        var taken = Directory.Exists(data.Path) ? Directory.EnumerateFileSystemEntries(data.Path).Select(Path.GetFileName).ToList() : [];
        if (taken.Exists(name => name is not ("lost+found" or DataOptions.UnfinishedRestore)))
        {
            throw new UpkeepException("Data:Path is not empty: a back-up is restored into an empty folder only. Stop the server and move the folder away first");
        }

        CheckPepper(Path.Combine(keySource, "pepper"));
        PrivateFolder.Make(data.Path);
        var mark = data.Under(DataOptions.UnfinishedRestore);
        File.WriteAllText(mark, "");
        DirectorySync.Flush(data.Path);
        foreach (var file in dataHalf.Files)
        {
            Put(Path.Combine(source, file.Path), data.Under(file.Path));
        }

        PutKeys(keySource, keyHalf);
        if (File.Exists(data.Under("conversations.db")))
        {
            RestoredOutbox.AskBeforeSending(data.Under("conversations.db"), dataHalf.Made);
        }

        foreach (var folder in Directory.EnumerateDirectories(data.Path, "*", SearchOption.AllDirectories).Append(data.Path))
        {
            DirectorySync.Flush(folder);
        }

        File.Delete(mark);
        DirectorySync.Flush(data.Path);
        return dataHalf;
    }

    private (Manifest Data, Manifest Keys) Check(string source, string keySource)
    {
        var dataHalf = Manifest.Read(source);
        var keyHalf = Manifest.Read(keySource);
        if (dataHalf.Half != Manifest.DataHalf || keyHalf.Half != Manifest.KeysHalf || dataHalf.Id != keyHalf.Id)
        {
            throw new UpkeepException($"{source} and {keySource} are not the two halves of one back-up");
        }

        if (keyHalf.Expires <= time.GetUtcNow())
        {
            throw new UpkeepException("the keys of this back-up have expired: people who were erased meanwhile could be read again. Restore a younger one");
        }

        var damage = dataHalf.FindDamage(source).Concat(keyHalf.FindDamage(keySource)).ToList();
        return damage.Count == 0
            ? (dataHalf, keyHalf)
            : throw new UpkeepException($"the back-up is not as it was written, and nothing was restored: {string.Join("; ", damage)}");
    }

    private void PutKeys(string keySource, Manifest keyHalf)
    {
        foreach (var file in keyHalf.Files)
        {
            var from = Path.Combine(keySource, file.Path);
            switch (file.Path)
            {
                case Backup.RingFile:
                    new MasterKeys(secrets.KeyRing).TakeFrom(from);
                    break;
                case "pepper" when File.Exists(secrets.Pepper):
                    break; // the same one, mounted already
                case "pepper":
                    Put(from, secrets.Pepper);
                    break;
                default:
                    Put(from, data.Under(file.Path));
                    break;
            }
        }
    }

    /// <summary>The pepper may be a mounted secret and there already; then it must be the same one.</summary>
    private void CheckPepper(string backedUp)
    {
        if (File.Exists(secrets.Pepper) && !File.ReadAllBytes(secrets.Pepper).AsSpan().SequenceEqual(File.ReadAllBytes(backedUp)))
        {
            throw new UpkeepException("Privacy:PepperFile names another pepper than the back-up holds: everybody would be a stranger. Move it away first");
        }
    }

    private static void Put(string from, string to)
    {
        PrivateFolder.Make(Path.GetDirectoryName(Path.GetFullPath(to))!); // a file always has a folder
        SecretFile.Copy(from, to);
    }
}
