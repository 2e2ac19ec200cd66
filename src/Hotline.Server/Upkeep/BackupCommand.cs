using System.Globalization;
using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Server.Turns;

namespace Hotline.Server.Upkeep;

/// <summary><c>backup DIR</c> and <c>restore DIR</c>, and what they say.</summary>
internal static class BackupCommand
{
    public static async Task<int> BackUpAsync(WebApplication app, string target, string? keyTarget)
    {
        var services = app.Services;
        var secrets = services.GetRequiredService<SecretPlaces>();
        if (!File.Exists(secrets.Keys))
        {
            throw new UpkeepException("there is no keys.db in the data folder, and so nothing that could be backed up");
        }

        keyTarget ??= Path.Combine(target, Manifest.KeysHalf);
        var backup = new Backup(services.GetRequiredService<DataOptions>(), secrets, services.GetRequiredService<TimeProvider>());
        var (made, keys) = await backup.MakeAsync(services.GetRequiredService<KeyStore>(), target, keyTarget);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {made.Files.Count} files, {made.Files.Sum(f => f.Bytes):N0} bytes"));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{keyTarget}: the keys. Keep them in another place, and not after {keys.Expires:yyyy-MM-dd HH:mm} UTC"));
        if (services.GetRequiredService<ConversationsOptions>().IsRedis)
        {
            Console.WriteLine("The conversations lie in Redis and are not in this back-up: keep a snapshot of Redis of the same hour (README, Redis).");
        }

        foreach (var gone in backup.RemoveExpired(keyTarget))
        {
            Console.WriteLine($"{gone}: expired keys, removed");
        }

        return 0;
    }

    public static int Restore(WebApplication app, string source, string? keySource)
    {
        var services = app.Services;
        var restore = new Restore(
            services.GetRequiredService<DataOptions>(), services.GetRequiredService<SecretPlaces>(), services.GetRequiredService<TimeProvider>());
        var restored = restore.Run(source, keySource ?? Path.Combine(source, Manifest.KeysHalf));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Restored as of {restored.Made:yyyy-MM-dd HH:mm} UTC. Start the server: it fetches from the provider what came in since,"));
        Console.WriteLine("and asks the provider before it sends again what waited then. People who were erased since then must be erased again.");
        return 0;
    }
}
