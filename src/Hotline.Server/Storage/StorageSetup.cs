using Hotline.Server.Hosting;
using Hotline.Server.Turns;

namespace Hotline.Server.Storage;

internal static class StorageSetup
{
    public static IServiceCollection AddSqliteConversations(this IServiceCollection services) =>
        services.AddSingleton<IConversationStore>(provider => new SqliteConversationStore(
            provider.GetRequiredService<DataOptions>().Under("conversations.db"),
            TimeSpan.FromDays(provider.GetRequiredService<ConversationsOptions>().TtlDays)));
}
