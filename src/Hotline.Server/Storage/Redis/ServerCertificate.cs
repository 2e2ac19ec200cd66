using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Hotline.Server.Storage.Redis;

/// <summary>Whether Redis's certificate is signed by an authority that the operator named, and made out to the host that was called.</summary>
internal static class ServerCertificate
{
    public static bool IsGood(X509Certificate? certificate, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var server = new X509Certificate2(certificate);
        return chain.Build(server);
    }
}
