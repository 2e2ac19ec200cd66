using Hotline.Server.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace Hotline.Server.Privacy;

internal static class PrivacySetup
{
    public static IServiceCollection AddPrivacy(this IServiceCollection services)
    {
        services.AddSection<PrivacyOptions>(PrivacyOptions.Section).AddSingleton<IValidateOptions<PrivacyOptions>, PrivacyOptionsCheck>();
        MasterKeys.Add(services);
        services.AddSingleton<SecretPlaces>();
        services.AddSingleton(provider => new MasterKeys(provider.GetRequiredService<SecretPlaces>().KeyRing));
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(provider.GetRequiredService<MasterKeys>().Configure));
        services.AddSingleton(provider => new Pseudonyms(PepperFile.ReadOrMake(provider.GetRequiredService<SecretPlaces>().Pepper)));
        services.AddSingleton(provider => new KeyStore(
            provider.GetRequiredService<SecretPlaces>().Keys,
            provider.GetRequiredService<IDataProtectionProvider>(),
            provider.GetRequiredService<MasterKeys>().Read));
        return services;
    }
}

/// <summary>Where the secrets of this copy lie.</summary>
internal sealed class SecretPlaces(PrivacyOptions options, DataOptions data)
{
    public string Keys => data.Under("keys.db");

    public string KeyRing => options.KeyRing.Length > 0 ? options.KeyRing : data.Under("keyring");

    public string Pepper => options.PepperFile.Length > 0 ? options.PepperFile : data.Under("pepper");
}
