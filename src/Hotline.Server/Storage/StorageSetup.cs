using Hotline.Server.Hosting;
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
}
