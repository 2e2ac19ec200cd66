namespace Hotline.Server.Turns;

internal static class TurnsSetup
{
    public static IServiceCollection AddTurns(this IServiceCollection services, bool outboxPaused)
    {
        services.AddSingleton<TurnWatch>();
        services.AddSingleton<ChannelList>();
        services.AddSingleton<TurnSealing>();
        services.AddSingleton<TurnSignals>();
        services.AddSingleton<TurnHandler>();
        services.AddSingleton(provider => new Lazy<TurnHandler>(provider.GetRequiredService<TurnHandler>));
        services.AddSingleton<ReplyDelivery>();
        services.AddSingleton<DeskDelivery>();
        services.AddSingleton(provider => new PumpSettings(outboxPaused, provider.GetRequiredService<TurnWatch>()));
        services.AddHostedService<OutboxPump>();
        services.AddHostedService<TurnClock>();
        return services;
    }
}
