using Hotline.Server.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace Hotline.Server.Turns;

internal static class TurnsSetup
{
    public static IServiceCollection AddTurns(this IServiceCollection services)
    {
        services.AddSection<ConversationsOptions>(ConversationsOptions.Section)
            .AddSingleton<IValidateOptions<ConversationsOptions>, ConversationsOptionsCheck>();
        services.AddSection<ContentOptions>(ContentOptions.Section);
        services.AddSingleton<TurnWatch>();
        services.AddSingleton<ChannelList>();
        services.AddSingleton<TurnSealing>();
        services.AddSingleton<TurnSignals>();
        services.AddSingleton<TurnHandler>();
        services.AddSingleton(provider => new Lazy<TurnHandler>(provider.GetRequiredService<TurnHandler>));
        services.AddSingleton<ReplyDelivery>();
        services.AddSingleton<DeskDelivery>();
        services.AddSingleton<Readiness>();
        services.AddSingleton(provider => new PumpSettings(
            provider.GetRequiredService<ConversationsOptions>().OutboxPaused, provider.GetRequiredService<TurnWatch>()));
        services.AddSingleton(provider => new InboundSpool(
            provider.GetRequiredService<DataOptions>().Under("spool"),
            provider.GetRequiredService<IDataProtectionProvider>(),
            provider.GetRequiredService<TurnWatch>()));
        services.AddHostedService<OutboxPump>();
        services.AddHostedService<TurnClock>();
        return services;
    }
}
