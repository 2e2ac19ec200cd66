using Hotline.Server.Privacy;
using Hotline.Server.Storage;

namespace Hotline.Server.Upkeep;

internal static class UpkeepSetup
{
    private const string Usage = """
        usage: Hotline.Server                     serve
               Hotline.Server doctor
               Hotline.Server backup DIR [--keys DIR]
               Hotline.Server restore DIR [--keys DIR]
               Hotline.Server keys list | keys rotate [--out FILE] | keys rewrap
               Hotline.Server admin reset-first-login
        """;

    /// <summary>Does what the arguments ask for; the exit code, or <c>null</c> when the server is to be started.</summary>
    public static async Task<int?> RunCommandAsync(this WebApplication app, string[] args)
    {
        var command = Command.Read(args);
        try
        {
            return command.Words switch
            {
                [] or ["admin", "reset-first-login"] => null,
                ["doctor"] => await DoctorCommand.RunAsync(app),
                ["backup", var folder] => await BackupCommand.BackUpAsync(app, folder, command.Options.GetValueOrDefault("keys")),
                ["restore", var folder] => BackupCommand.Restore(app, folder, command.Options.GetValueOrDefault("keys")),
                ["keys", var verb] => await KeysCommand.RunAsync(app, verb, command.Options),
                _ => Say(Usage),
            };
        }
        catch (Exception e) when (e is UpkeepException or InvalidOperationException or NewerSchemaException)
        {
            return Say(e.Message); // ours: it names the thing and the mend
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or KeyUnavailableException or Microsoft.Data.Sqlite.SqliteException)
        {
            return Say($"{command.Words[0]}: stopped with {e.GetType().Name}. Look at the disk, its rights and its space; a back-up without manifest.json is not finished");
        }
    }

    private static int Say(string text)
    {
        Console.Error.WriteLine(text);
        return 2;
    }
}
