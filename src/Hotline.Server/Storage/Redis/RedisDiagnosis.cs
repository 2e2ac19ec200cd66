using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using StackExchange.Redis;

namespace Hotline.Server.Storage.Redis;

/// <summary>
/// Why the client gets no connection. It does not always say, so the door is knocked at by hand: connect, TLS, password,
/// one PING, and the answer is read.
/// </summary>
internal static class RedisDiagnosis
{
    public static async Task<RedisFault> FindAsync(RedisStoreSettings settings)
    {
        var options = RedisConnection.Read(settings);
        using var stop = new CancellationTokenSource(settings.Limit);
        foreach (var endpoint in options.EndPoints)
        {
            try
            {
                return RedisFault.OfAnswer(await AskAsync(endpoint, (options, RedisConnection.CertificateRule(settings)), stop.Token)) ?? RedisFault.Unreached;
            }
            catch (AuthenticationException)
            {
                return RedisFault.Certificate;
            }
            catch (OperationCanceledException)
            {
                return RedisFault.Slow;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // perhaps another node answers
            }
        }

        return RedisFault.Unreached;
    }

    private static async Task<string> AskAsync(
        EndPoint endpoint, (ConfigurationOptions Options, Func<X509Certificate?, SslPolicyErrors, bool> IsGood) way, CancellationToken ct)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endpoint, ct);
        await using Stream stream = way.Options.Ssl ? await SecureAsync(socket, endpoint, way, ct) : new NetworkStream(socket);
        var password = string.IsNullOrEmpty(way.Options.Password) ? "" : Command("AUTH", way.Options.Password);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(password + Command("PING")), ct);
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadLineAsync(ct) ?? "";
        if (password.Length > 0 && answer.StartsWith('+'))
        {
            answer = await reader.ReadLineAsync(ct) ?? "";
        }

        return answer.TrimStart('-');
    }

    private static async Task<SslStream> SecureAsync(
        Socket socket, EndPoint endpoint, (ConfigurationOptions Options, Func<X509Certificate?, SslPolicyErrors, bool> IsGood) way, CancellationToken ct)
    {
        var stream = new SslStream(new NetworkStream(socket), false, (_, certificate, _, errors) => way.IsGood(certificate, errors));
        var host = way.Options.SslHost ?? (endpoint as DnsEndPoint)?.Host ?? "";
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, ct);
        return stream;
    }

    private static string Command(params string[] words) =>
        $"*{words.Length}\r\n{string.Concat(words.Select(word => $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n"))}";
}
