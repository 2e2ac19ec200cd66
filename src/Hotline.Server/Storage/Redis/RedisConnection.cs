using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>One multiplexer, and the last fault that it told of.</summary>
internal sealed class RedisConnection : IDisposable
{
    private const int ConnectMs = 2000;

    private readonly ConnectionMultiplexer _multiplexer;
    private volatile RedisFault? _fault;

    private RedisConnection(ConnectionMultiplexer multiplexer)
    {
        _multiplexer = multiplexer;
#pragma warning disable CS0618 // newer clients have no such order and say so; this one needs it off, or every later answer waits for a slow reader
        multiplexer.PreserveAsyncOrder = false;
#pragma warning restore CS0618
        multiplexer.ConnectionFailed += (_, e) => _fault = e.Exception is null ? RedisFault.Unreached : RedisFault.Of(e.Exception);
        multiplexer.ErrorMessage += (_, e) => _fault = RedisFault.OfAnswer(e.Message) ?? _fault;
        multiplexer.ConnectionRestored += (_, _) => _fault = null;
        Database = multiplexer.GetDatabase();
    }

    public IDatabase Database { get; }

    public RedisFault? Fault => _fault;

    public IEnumerable<IServer> Servers => _multiplexer.GetEndPoints().Select(e => _multiplexer.GetServer(e)).Where(s => s.IsConnected);

    /// <summary>Connects in the background when the server is away.</summary>
    public static async Task<RedisConnection> OpenAsync(RedisStoreSettings settings) =>
        new(await ConnectionMultiplexer.ConnectAsync(Read(settings)));

    /// <exception cref="ArgumentException">The text is no connection string.</exception>
    public static ConfigurationOptions Read(RedisStoreSettings settings)
    {
        var options = ConfigurationOptions.Parse(settings.Connection);
        options.AbortOnConnectFail = false;
        options.AllowAdmin = true; // INFO counts as such here; nothing else of it is used
        options.ConnectTimeout = Math.Min(options.ConnectTimeout, ConnectMs);
        options.ConnectRetry = 1;
        options.ClientName = "hotline";
        if (settings.AuthorityFile.Length > 0)
        {
            var rule = CertificateRule(settings);
            options.CertificateValidation += (_, certificate, _, errors) => rule(certificate, errors);
        }

        return options;
    }

    /// <summary>Whether a certificate is trusted: by the system, or by the authority that the operator named.</summary>
    public static Func<X509Certificate?, SslPolicyErrors, bool> CertificateRule(RedisStoreSettings settings)
    {
        if (settings.AuthorityFile.Length == 0)
        {
            return (_, errors) => errors == SslPolicyErrors.None;
        }

        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(settings.AuthorityFile);
        return (certificate, errors) => ServerCertificate.IsGood(certificate, errors, authorities);
    }

    /// <summary>Holds for the life of the connection; the client subscribes again after a break.</summary>
    public Task SubscribeAsync(string channel, Action<RedisValue> heard) =>
        _multiplexer.GetSubscriber().SubscribeAsync(channel, (_, message) => heard(message));

    public void Dispose() => _multiplexer.Dispose();
}
