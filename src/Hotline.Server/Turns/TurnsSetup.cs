using Hotline.Content;
using Hotline.Server.Hosting;
using Hotline.Sources;
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
            provider.GetRequiredService<ConversationsOptions>().OutboxPaused, provider.GetRequiredService<TurnWatch>())
        {
            CutOff = provider.GetRequiredService<GracefulStop>().CutOff,
        });
        services.AddSingleton(provider => new InboundSpool(
            provider.GetRequiredService<DataOptions>().Under("spool"),
            provider.GetRequiredService<IDataProtectionProvider>(),
            provider.GetRequiredService<TurnWatch>()));
        services.AddSingleton(provider => new ContentKeeper(
            provider.GetRequiredService<ContentOptions>().Find(),
            provider.GetRequiredService<DataOptions>().Under(Path.Combine("content", "last-good.zip")),
            new ContentLoadOptions { Development = provider.GetRequiredService<IHostEnvironment>().IsDevelopment() }));
        services.AddSingleton(new ContentHolder());
        services.AddHostedService<ContentWatch>();
        services.AddHostedService<OutboxPump>();
        services.AddHostedService<TurnClock>();
        services.AddHostedService<MetricsSampler>();
        return services;
    }

    /// <summary>Reads the content before anything listens. What is wrong with the files, worst first; <c>false</c> when there is nothing to run on.</summary>
    public static bool LoadContent(this WebApplication app, out IReadOnlyList<Diagnostic> faults)
    {
        var start = app.Services.GetRequiredService<ContentKeeper>().Start();
        faults = start.Faults;
        if (start.Snapshot is not { } snapshot)
        {
            return false;
        }

        app.Services.GetRequiredService<ContentHolder>().Swap(snapshot);
        var log = app.Services.GetRequiredService<TurnWatch>().Log;
        if (faults is [var first, ..])
        {
            log.ContentLastGood(snapshot.Version, first.ToString());
        }
        else
        {
            log.ContentLive(snapshot.Version);
        }

        return true;
    }
}
