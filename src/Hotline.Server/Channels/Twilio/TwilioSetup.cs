using Hotline.Server.Hosting;
using Hotline.Server.Turns;
using Microsoft.Extensions.Options;

namespace Hotline.Server.Channels.Twilio;

internal static class TwilioSetup
{
    /// <param name="configuration">Says how many channels there are; what they hold is bound and checked at start.</param>
    public static IServiceCollection AddTwilio(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSection<TwilioOptions>(TwilioOptions.Section).AddSingleton<IValidateOptions<TwilioOptions>, TwilioOptionsCheck>();
        services.AddSingleton<TwilioWatch>();
        services.AddSingleton<TwilioLines>();
        services.AddSingleton<TwilioWebhook>();
        services.AddSingleton<TwilioExamination>();
        services.AddSingleton(provider => new Examination("channels", ct => provider.GetRequiredService<TwilioExamination>().RunAsync(ct)));
        services.AddSingleton<TwilioStatusHook>();
        services.AddHostedService<TwilioSweep>();
        TwilioApi.AddClient(services);

        var count = configuration.GetSection(TwilioOptions.Section).GetSection(nameof(TwilioOptions.Channels)).GetChildren().Count();
        for (var i = 0; i < count; i++)
        {
            var index = i;
            services.AddSingleton<IChannel>(provider => provider.GetRequiredService<TwilioLines>().All.ElementAt(index).Channel);
        }

        return services;
    }

    public static IEndpointRouteBuilder MapTwilio(this IEndpointRouteBuilder routes)
    {
        var twilio = routes.MapGroup("/channels/twilio/{channel}").Behind(ListenerTag.Public);
        twilio.MapPost("/receive", (string channel, HttpContext http, TwilioWebhook webhook) => webhook.ReceiveAsync(channel, http));
        twilio.MapPost("/status", (string channel, string? part, HttpContext http, TwilioStatusHook hook) => hook.ReceiveAsync(channel, part, http));
        return routes;
    }
}
