using Hotline.Server.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hotline.Server.Privacy;

internal static class PrivacySetup
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services)
    {
        services.AddSection<PrivacyOptions>(PrivacyOptions.Section);
        services.AddDataProtection().SetApplicationName("hotline");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider => new ConfigureOptions<KeyManagementOptions>(options =>
            options.XmlRepository = new DurableKeyRing(
                Directory.CreateDirectory(Or(provider.GetRequiredService<PrivacyOptions>().KeyRing, provider, "keyring")), NullLoggerFactory.Instance)));
        services.AddSingleton(provider => new Pseudonyms(PepperFile.ReadOrMake(Or(provider.GetRequiredService<PrivacyOptions>().PepperFile, provider, "pepper"))));
        services.AddSingleton(provider => new KeyStore(
            provider.GetRequiredService<DataOptions>().Under("keys.db"), provider.GetRequiredService<IDataProtectionProvider>()));
        return services;
    }

    private static string Or(string set, IServiceProvider provider, string name) =>
        set.Length > 0 ? set : provider.GetRequiredService<DataOptions>().Under(name);
}
