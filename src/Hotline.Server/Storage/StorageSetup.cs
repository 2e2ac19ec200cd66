using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Server.Storage.Redis;
using Hotline.Server.Turns;
using Microsoft.Data.Sqlite;

namespace Hotline.Server.Storage;

internal static class StorageSetup
{
    public static IServiceCollection AddConversations(this IServiceCollection services, IConfiguration configuration) =>
        configuration.GetSection(ConversationsOptions.Section)[nameof(ConversationsOptions.Store)] == "redis"
            ? services.AddRedisConversations()
            : services.AddSqliteConversations();

    private static IServiceCollection AddRedisConversations(this IServiceCollection services) => services
        .AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<ConversationsOptions>();
            return new RedisStoreSettings(options.Redis, TimeSpan.FromDays(options.TtlDays), TimeSpan.FromMilliseconds(options.CommandTimeoutMs))
            {
                AuthorityFile = options.RedisAuthority,
                CopyFile = provider.GetRequiredService<DataOptions>().Under("copy"),
            };
        })
        .AddSingleton(provider => new Examination(
            "redis", _ => RedisExamination.RunAsync(provider.GetRequiredService<RedisStoreSettings>(), provider.GetRequiredService<TimeProvider>())))
        .AddSingleton<RedisConversationStore>()
        .AddSingleton<IDeliveryStore>(provider => provider.GetRequiredService<RedisConversationStore>())
        .AddSingleton<IConversationStore>(provider => provider.GetRequiredService<RedisConversationStore>())
        .AddHostedService<RedisSharing>();

    private static IServiceCollection AddSqliteConversations(this IServiceCollection services) => services
        .AddSingleton(provider => new SqliteStoreSettings(
            provider.GetRequiredService<DataOptions>().Under("conversations.db"),
            TimeSpan.FromDays(provider.GetRequiredService<ConversationsOptions>().TtlDays))
        {
            BusyMs = provider.GetRequiredService<ConversationsOptions>().CommandTimeoutMs,
        })
        .AddSingleton<IDeliveryStore, SqliteConversationStore>()
        .AddSingleton<IConversationStore>(provider => provider.GetRequiredService<IDeliveryStore>());

    /// <summary>What must be beside the conversations: made anew, it would part people from all that was said, and from their STOP.</summary>
    private static string? FindLost(DataOptions data, SecretPlaces secrets) =>
        !File.Exists(data.Under("conversations.db")) ? null
        : !File.Exists(secrets.Pepper) ? "the pepper (Privacy:PepperFile)"
        : !File.Exists(secrets.Keys) ? "keys.db"
        : null;

    /// <summary>Opens what lies in the data folder before anything listens: why it cannot be used, or <c>null</c>.</summary>
    public static async Task<string?> FindDataFaultAsync(this WebApplication app)
    {
        try
        {
            if (File.Exists(app.Services.GetRequiredService<DataOptions>().Under(DataOptions.UnfinishedRestore)))
            {
                return "the restore into this folder was cut off: empty the folder and restore again";
            }

            if (FindLost(app.Services.GetRequiredService<DataOptions>(), app.Services.GetRequiredService<SecretPlaces>()) is { } lost)
            {
                return $"{lost} is missing while conversations.db is there: restore it from the key back-up. Nothing was overwritten";
            }

            if (app.Services.GetRequiredService<IConversationStore>() is RedisConversationStore redis && await redis.FirstFaultAsync() is { MustNotBeUsed: true } fault)
            {
                return fault.Text;
            }

            _ = app.Services.GetRequiredService<Pseudonyms>();
            return app.Services.GetRequiredService<KeyStore>().CanOpen()
                ? null
                : "the master key ring (Privacy:KeyRing) does not open keys.db: restore both from the same key back-up. Nothing was overwritten";
        }
        catch (Exception e) when (e is NewerSchemaException or InvalidOperationException)
        {
            return e.Message; // ours: it names the file and the mend
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            return $"a file in the data folder cannot be opened ({e.GetType().Name}); check its rights, or restore it from the back-up";
        }
    }
}
