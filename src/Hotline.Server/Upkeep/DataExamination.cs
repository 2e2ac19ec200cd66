using System.Globalization;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;

namespace Hotline.Server.Upkeep;

/// <summary>What lies in the data folder and in the places of the secrets. Reads only, and makes nothing that is missing.</summary>
internal sealed class DataExamination(DataOptions data, SecretPlaces secrets, MasterKeys ring, TimeProvider time)
{
    private static readonly TimeSpan BackupsWanted = TimeSpan.FromDays(2);

    public async Task<IReadOnlyList<Finding>> RunAsync(Func<KeyStore> keys)
    {
        var findings = new List<Finding>();
        if (File.Exists(data.Under(DataOptions.UnfinishedRestore)))
        {
            findings.Add(Finding.Fail("data", "a restore into this folder was cut off", "empty the folder and restore again"));
        }

        if (!File.Exists(secrets.Keys))
        {
            findings.Add(File.Exists(data.Under("conversations.db")) || File.Exists(data.Under("cases.db"))
                ? Finding.Fail("keys", "keys.db is missing while data is there", "restore it from the key back-up; make no new one")
                : Finding.Ok("data", "the data folder is new"));
            return findings;
        }

        findings.Add(File.Exists(secrets.Pepper)
            ? Finding.Ok("pepper", "is there")
            : Finding.Fail("pepper", "is missing: everybody would be a stranger", "restore it from the key back-up"));
        findings.AddRange(OfRing(await keys().CountByMasterKeyAsync(CancellationToken.None)));
        findings.Add(keys().CanOpen()
            ? Finding.Ok("keys", "the ring opens the data keys")
            : Finding.Fail("keys", "the master key ring does not open keys.db", "restore both from the same key back-up"));
        findings.Add(OfBackup(await keys().LastBackupAsync(CancellationToken.None)));
        findings.AddRange(OfRights());
        findings.AddRange(OfSpool());
        return findings;
    }

    private IEnumerable<Finding> OfRing(IReadOnlyDictionary<Guid, int> wrapped)
    {
        var all = ring.All();
        if (all.Count == 0 && wrapped.Count == 0)
        {
            yield return Finding.Ok("ring", "no master key yet: the first person's message makes it");
        }
        else if (all.Count == 0)
        {
            yield return Finding.Fail("ring", "holds no master key", "restore it from the key back-up");
        }
        else if (ring.IsFile && all[0].Expires < time.GetUtcNow())
        {
            yield return Finding.Warn("ring", "the newest master key is past its time, and a mounted ring gets no new one by itself", "keys rotate --out FILE, mount it, start anew");
        }
        else
        {
            yield return Finding.Ok("ring", string.Create(CultureInfo.InvariantCulture, $"{all.Count} master keys, the newest counts until {all[0].Expires:yyyy-MM-dd}"));
        }
    }

    private Finding OfBackup(DateTimeOffset? last) => last is { } at && time.GetUtcNow() - at < BackupsWanted
        ? Finding.Ok("back-up", string.Create(CultureInfo.InvariantCulture, $"the last one is of {at:yyyy-MM-dd HH:mm} UTC"))
        : Finding.Warn("back-up", last is null ? "there has never been one" : "the last one is older than two days", "run backup DIR every day (README, Back up and restore)");

    private IEnumerable<Finding> OfRights()
    {
        if (OperatingSystem.IsWindows())
        {
            yield break;
        }

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        foreach (var file in new[] { secrets.Pepper, ring.IsFile ? ring.Path : secrets.Pepper }.Distinct().Where(File.Exists))
        {
            if ((File.GetUnixFileMode(file) & Others) != 0)
            {
                yield return Finding.Warn("rights", $"others may read {Path.GetFileName(file)}", "chmod 600, or mount the secret with mode 0400");
            }
        }
    }

    private IEnumerable<Finding> OfSpool()
    {
        var folder = data.Under("spool");
        var waiting = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.msg").Count() : 0;
        var damaged = Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.damaged").Count() : 0;
        if (damaged > 0)
        {
            yield return Finding.Fail("spool", $"{damaged} messages cannot be read", "they are kept as *.damaged; restore the key ring that they were sealed with and rename them to *.msg");
        }

        yield return waiting == 0
            ? Finding.Ok("spool", "empty")
            : Finding.Warn("spool", $"{waiting} messages wait", "they are run as soon as the store answers: look at the store");
    }
}
