using Hotline.Server.Privacy;
using Hotline.Server.Storage;

namespace Hotline.Server.Upkeep;

internal static class UpkeepSetup
{
    private const string Usage = """
        usage: Hotline.Server                     serve
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
            return Say($"{command.Words[0]}: stopped with {e.GetType().Name}; nothing that was there before was changed by it");
        }
    }

    private static int Say(string text)
    {
        Console.Error.WriteLine(text);
        return 2;
    }
}
