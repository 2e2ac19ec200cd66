using System.Text.RegularExpressions;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Hotline.Server.Hosting;

internal static partial class HostingSetup
{
    /// <summary>Binds a section to its options, validated at the start, and makes its keys known to <see cref="SettingsCheck"/>.</summary>
    public static IServiceCollection AddSection<T>(this IServiceCollection services, string section)
        where T : class
    {
        services.AddOptions<T>().BindConfiguration(section);
        services.AddSingleton(new KnownSection(section, typeof(T), provider => _ = provider.GetRequiredService<IOptions<T>>().Value));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<T>>().Value);
        return services;
    }

    public static WebApplicationBuilder AddHosting(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSection<ListenOptions>(ListenOptions.Section).AddSingleton<IValidateOptions<ListenOptions>, ListenOptionsCheck>();
        services.AddSection<DataOptions>(DataOptions.Section).AddSingleton<IValidateOptions<DataOptions>, DataOptionsCheck>();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Metrics>();
        services.AddSingleton<MetricsHistory>();
        builder.AddTelemetry();
        services.AddSingleton<MatcherPolicy, ListenerGate>();
        services.AddSingleton<GracefulStop>();
        services.AddHostedService(provider => provider.GetRequiredService<GracefulStop>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = GracefulStop.Limit - TimeSpan.FromSeconds(2));
        builder.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            // Runs before the settings are checked: a faulty address is left for FindFaults to name.
            var listen = context.Configuration.GetSection(ListenOptions.Section).Get<ListenOptions>() ?? new();
            if (new ListenOptionsCheck().Validate(null, listen).Succeeded)
            {
                ListenerGate.Listen(kestrel, listen);
            }
        });
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.FormatterName = QuietConsole.FormatterName)
            .AddConsoleFormatter<QuietConsole, Microsoft.Extensions.Logging.Console.ConsoleFormatterOptions>();

        // The frameworks' own lines may name addresses and tokens below this level.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Hotline", LogLevel.Information)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        return builder;
    }

    /// <summary>Every fault of the settings, each naming its key; empty when the server may start.</summary>
    public static IReadOnlyList<string> FindFaults(this WebApplication app)
    {
        var faults = new List<string>();
        if (TextSelfTest.FindFault() is { } fault)
        {
            faults.Add(fault);
        }

        faults.AddRange(SettingsCheck.FindUnknown(app.Configuration, app.Services.GetServices<KnownSection>()));
        foreach (var section in app.Services.GetServices<KnownSection>())
        {
            try
            {
                section.Bind(app.Services);
            }
            catch (OptionsValidationException e)
            {
                faults.AddRange(e.Failures);
            }
            catch (InvalidOperationException e)
            {
                // The binder's message quotes the value; only the key is taken from it.
                var key = FaultyKey().Match(e.Message) is { Success: true } match ? match.Groups[1].Value : section.Name;
                faults.Add($"{key} has a value of the wrong kind; compare with appsettings.sample.json");
            }
        }

        return faults;
    }

    [GeneratedRegex("at '([^']+)'")]
    private static partial Regex FaultyKey();

    public static WebApplication UseTrustedProxies(this WebApplication app)
    {
        var proxies = app.Services.GetRequiredService<ListenOptions>().TrustedProxies;
        if (proxies.Count > 0)
        {
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            options.KnownProxies.Clear();
            foreach (var proxy in proxies)
            {
                options.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
            }

            app.UseForwardedHeaders(options);
        }

        return app;
    }
}
