using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hotline.Server.Tests.EndToEnd;
using Xunit;

namespace Hotline.Server.Tests.Storage.Redis;

/// <summary>The Redis that the tests of one class share; each test begins with an empty one.</summary>
public abstract class RedisFixture : IAsyncLifetime
{
    internal string Connection { get; private protected set; } = "";

    internal string AuthorityFile { get; private protected set; } = "";

    private protected List<RedisServer> Servers { get; } = [];

    public abstract Task InitializeAsync();

    internal async Task EmptyAsync()
    {
        foreach (var server in Servers)
        {
            await server.AskAsync("FLUSHALL");
        }
    }

    internal Task<string> ExecuteAsync(params string[] command) => Servers[0].AskAsync(command);

    public async Task DisposeAsync()
    {
        foreach (var server in Servers)
        {
            await server.DisposeAsync();
        }
    }
}

public sealed class SingleRedis : RedisFixture
{
    public override async Task InitializeAsync()
    {
        Servers.Add(await RedisServer.StartAsync());
        Connection = Servers[0].Connection;
    }
}

/// <summary>Three masters that share the slots.</summary>
public sealed class RedisCluster : RedisFixture
{
    public override async Task InitializeAsync()
    {
        for (var i = 0; i < 3; i++)
        {
            // by itself the bus takes the port 10,000 higher, which lies where the system gives ports to clients
            var bus = ServerProcess.FreePort().ToString(CultureInfo.InvariantCulture);
            Servers.Add(await RedisServer.StartAsync(null, "--cluster-enabled", "yes", "--cluster-node-timeout", "2000", "--cluster-port", bus));
        }

        await Servers[0].AskAsync(["--cluster", "create", .. Servers.Select(s => s.Connection), "--cluster-replicas", "0", "--cluster-yes"]);
        await Eventually.BecomesTrueAsync(
            "the cluster is whole",
            async () =>
            {
                var states = await Task.WhenAll(Servers.Select(s => s.AskAsync("CLUSTER", "INFO")));
                return states.All(s => s.Contains("cluster_state:ok", StringComparison.Ordinal) && s.Contains("cluster_known_nodes:3", StringComparison.Ordinal));
            },
            TimeSpan.FromSeconds(30));
        Connection = Servers[0].Connection;
    }

    /// <summary>Takes the slot of a key away from the node that serves it.</summary>
    internal async Task<(RedisServer Owner, string Slot)> DropSlotOfAsync(string key)
    {
        var slot = await Servers[0].AskAsync("CLUSTER", "KEYSLOT", key);
        foreach (var server in Servers)
        {
            // whoever does not serve it says where it is
            if (!(await server.AskAsync("GET", key)).StartsWith("MOVED", StringComparison.Ordinal))
            {
                await server.AskAsync("CLUSTER", "DELSLOTS", slot);
                return (server, slot);
            }
        }

        throw new InvalidOperationException("every slot has a node before this");
    }
}

/// <summary>TLS with an authority of our own, and a password.</summary>
public sealed class SecureRedis : RedisFixture
{
    private const string Password = "correct-horse";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hotline-tls-");

    public override async Task InitializeAsync()
    {
        var authority = Path.Combine(_folder.FullName, "authority.pem");
        var certificate = Path.Combine(_folder.FullName, "redis.pem");
        var key = Path.Combine(_folder.FullName, "redis.key");
        WriteCertificates(authority, certificate, key);
        var port = new[] { "--tls-port", "{port}", "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", authority, "--tls-auth-clients", "no" };
        Servers.Add(await RedisServer.StartAsync(["--tls", "--cacert", authority, "-a", Password], [.. port, "--requirepass", Password]));
        Connection = $"{Servers[0].Connection},ssl=true,sslHost=localhost,password={Password}";
        AuthorityFile = authority;
    }

    private static void WriteCertificates(string authorityFile, string certificateFile, string keyFile)
    {
        var from = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var until = from.AddYears(20);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authorityRequest = new CertificateRequest("CN=Hotline tests", authorityKey, HashAlgorithmName.SHA256);
        authorityRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = authorityRequest.CreateSelfSigned(from, until);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(authority, from, until, BitConverter.GetBytes(Environment.ProcessId));
        File.WriteAllText(authorityFile, authority.ExportCertificatePem());
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
    }
}
