using System.Globalization;
using Hotline.Server.Cases;
using Hotline.Server.Privacy;

namespace Hotline.Server.Upkeep;

/// <summary>
/// <c>keys list</c>, <c>keys rotate</c>, <c>keys rewrap</c>: the master keys by hand, for a mounted secret or after one
/// may have been seen. While the server runs, too: it learns of a new key when it meets a row that is wrapped under it.
/// </summary>
internal static class KeysCommand
{
    public static async Task<int> RunAsync(WebApplication app, string verb, IReadOnlyDictionary<string, string> options)
    {
        var ring = app.Services.GetRequiredService<MasterKeys>();
        switch (verb)
        {
            case "list":
                await ListAsync(app, ring);
                return 0;
            case "rotate":
                Rotate(ring, options.GetValueOrDefault("out"), app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
                return 0;
            case "rewrap":
                return await RewrapAsync(app);
            default:
                throw new UpkeepException("usage: keys list | keys rotate [--out FILE] | keys rewrap");
        }
    }

    /// <summary>Never made here: an empty store in the place of a lost one would hide the loss.</summary>
    private static KeyStore Keys(WebApplication app) => File.Exists(app.Services.GetRequiredService<SecretPlaces>().Keys)
        ? app.Services.GetRequiredService<KeyStore>()
        : throw new UpkeepException("keys.db is not in the data folder: nothing is sealed yet, or it must be restored from the key back-up");

    private static async Task ListAsync(WebApplication app, MasterKeys ring)
    {
        var rows = await Keys(app).CountByMasterKeyAsync(CancellationToken.None);
        foreach (var key in ring.All())
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{key.Id}  made {key.Created:yyyy-MM-dd}  until {key.Expires:yyyy-MM-dd}  data keys {rows.GetValueOrDefault(key.Id)}"));
        }
    }

    private static void Rotate(MasterKeys ring, string? file, DateTimeOffset now)
    {
        if (file is not null)
        {
            var made = ring.RotateInto(file, now);
            Console.WriteLine($"{file} holds the ring with the new master key {made.Id}. Mount it in place of the old one on every copy, and start them again.");
            return;
        }

        if (ring.IsFile)
        {
            throw new UpkeepException("Privacy:KeyRing is a mounted file: keys rotate --out FILE writes a new ring beside it");
        }

        Console.WriteLine($"The new master key is {ring.Rotate(now).Id}. It counts from the next start of each copy. Take a back-up of the keys now.");
    }

    private static async Task<int> RewrapAsync(WebApplication app)
    {
        await app.UpgradeCasesAsync();
        var closed = await Keys(app).RewrapAsync(CancellationToken.None);
        await using var scope = app.Services.CreateAsyncScope();
        closed += await scope.ServiceProvider.GetRequiredService<StaffStore>().ProtectAgainAsync(CancellationToken.None);
        Console.WriteLine(closed == 0
            ? "All data keys are wrapped under the newest master key. Older back-ups still need the older ones."
            : string.Create(CultureInfo.InvariantCulture, $"{closed} keys could not be opened and stay as they are: a master key is missing from the ring."));
        return closed == 0 ? 0 : 1;
    }
}
