using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Server.Turns;

namespace Hotline.Server.Storage;

internal static class StorageSetup
{
    public static IServiceCollection AddSqliteConversations(this IServiceCollection services) => services
        .AddSingleton(provider => new SqliteStoreSettings(
            provider.GetRequiredService<DataOptions>().Under("conversations.db"),
            TimeSpan.FromDays(provider.GetRequiredService<ConversationsOptions>().TtlDays))
        {
            BusyMs = provider.GetRequiredService<ConversationsOptions>().CommandTimeoutMs,
        })
        .AddSingleton<IConversationStore, SqliteConversationStore>();

    /// <summary>Opens what lies in the data folder before anything listens: why it cannot be used, or <c>null</c>.</summary>
    public static string? FindDataFault(this WebApplication app)
    {
        try
        {
            _ = app.Services.GetRequiredService<IConversationStore>();
            _ = app.Services.GetRequiredService<KeyStore>();
            _ = app.Services.GetRequiredService<Pseudonyms>();
            return null;
        }
        catch (Exception e) when (e is NewerSchemaException or InvalidOperationException)
        {
            return e.Message; // ours: it names the file and the mend
        }
    }
}
