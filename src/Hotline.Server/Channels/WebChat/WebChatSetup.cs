using Hotline.Server.Hosting;
using Microsoft.Extensions.Options;

namespace Hotline.Server.Channels.WebChat;

internal static class WebChatSetup
{
    public static IServiceCollection AddWebChat(this IServiceCollection services)
    {
        services.AddSection<WebChatOptions>(WebChatOptions.Section).AddSingleton<IValidateOptions<WebChatOptions>, WebChatOptionsCheck>();
        services.AddSingleton<WebChatPage>();
        return services;
    }

    public static WebApplication MapWebChat(this WebApplication app)
    {
        var page = app.Services.GetRequiredService<WebChatPage>();
        app.MapMethods("/", [HttpMethods.Get, HttpMethods.Head], context => page.ServeAsync(context)).Behind(ListenerTag.Public);
        return app;
    }
}
