using Hotline.Server.Hosting;
using Hotline.Server.Privacy;
using Hotline.Server.Turns;
using Microsoft.Extensions.Options;

namespace Hotline.Server.Channels.DirectLine;

internal static class DirectLineSetup
{
    public static IServiceCollection AddDirectLine(this IServiceCollection services)
    {
        services.AddSection<DirectLineOptions>(DirectLineOptions.Section)
            .AddSingleton<IValidateOptions<DirectLineOptions>, DirectLineOptionsCheck>();
        services.AddSingleton(p => SigningKey.Load(p.GetRequiredService<DirectLineOptions>(), p.GetRequiredService<DataOptions>()));
        services.AddSingleton<DirectLineTokens>();
        services.AddSingleton<SiteRules>();
        services.AddSingleton<ChatAccess>();
        services.AddSingleton<ChatGrants>();
        services.AddSingleton<ChatPaces>();
        services.AddSingleton<ChatLog>();
        services.AddSingleton<LiveSockets>();
        services.AddSingleton<StreamLife>();
        services.AddSingleton<IChannel, DirectLineChannel>();
        services.AddSingleton(p => new UploadStore(
            p.GetRequiredService<DataOptions>().Under("uploads"), p.GetRequiredService<KeyStore>(), p.GetRequiredService<TimeProvider>()));
        services.AddHostedService<UploadSweeper>();
        services.AddSingleton<TokensApi>();
        services.AddSingleton<ConversationsApi>();
        services.AddSingleton<ActivitiesApi>();
        services.AddSingleton<UploadsApi>();
        services.AddSingleton<StreamApi>();
        services.AddSingleton<ResumeApi>();
        return services;
    }

    public static WebApplication MapDirectLine(this WebApplication app)
    {
        app.UseWebSockets(new() { KeepAliveInterval = TimeSpan.FromSeconds(25) });
        app.UseWhen(
            context => context.Features.Get<ListenerTag>() == ListenerTag.Public
                && (context.Request.Path.StartsWithSegments("/v3/directline") || context.Request.Path.StartsWithSegments("/chat/session")),
            branch => branch.Use(next => context => WireGuard.RunAsync(context, next)));

        var tokens = app.Services.GetRequiredService<TokensApi>();
        var conversations = app.Services.GetRequiredService<ConversationsApi>();
        var activities = app.Services.GetRequiredService<ActivitiesApi>();
        var uploads = app.Services.GetRequiredService<UploadsApi>();
        var stream = app.Services.GetRequiredService<StreamApi>();
        var resume = app.Services.GetRequiredService<ResumeApi>();

        var api = app.MapGroup("/v3/directline").Behind(ListenerTag.Public);
        api.MapPost("/tokens/generate", (HttpRequest request) => tokens.GenerateAsync(request));
        api.MapPost("/tokens/refresh", (HttpRequest request) => tokens.Refresh(request));
        api.MapGet("/session/getsessionid", () => TokensApi.SessionId());
        api.MapPost("/conversations", (HttpRequest request) => conversations.StartAsync(request));
        api.MapGet("/conversations/{id}", (HttpRequest request, string id) => conversations.ReconnectAsync(request, id));
        api.MapGet("/conversations/{id}/activities", (HttpRequest request, string id) => activities.GetAsync(request, id));
        api.MapPost("/conversations/{id}/activities", (HttpRequest request, string id) => activities.PostAsync(request, id));
        api.MapPost("/conversations/{id}/upload", (HttpRequest request, string id) => uploads.UploadAsync(request, id)).DisableAntiforgery();
        api.MapGet("/conversations/{id}/stream", (HttpContext context, string id) => stream.OpenAsync(context, id));
        api.MapGet("/files/{file}", (HttpResponse response, string file) => uploads.DownloadAsync(response, file));
        app.MapPost("/chat/session", (HttpRequest request) => resume.OpenAsync(request)).Behind(ListenerTag.Public);
        return app;
    }
}
