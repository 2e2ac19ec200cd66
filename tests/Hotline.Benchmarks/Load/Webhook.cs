using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hotline.Benchmarks.Load;

/// <summary>One signed request as Twilio sends it, in bytes.</summary>
internal static class Webhook
{
    public const string Sid = "AC00000000000000000000000000000001";
    public const string Token = "benchmark-token-benchmark-token-1";
    public const string To = "+12025550100";
    public const string Path = "/channels/twilio/sms/receive";

    private static long _lastMessage;

    /// <param name="url">The address that Twilio signs: without the path.</param>
    public static byte[] Make(string url, int person, string body)
    {
        var from = string.Create(CultureInfo.InvariantCulture, $"+668{person:D8}");
        var message = string.Create(CultureInfo.InvariantCulture, $"SM{Interlocked.Increment(ref _lastMessage):x32}");
        var signed = $"{url}{Path}AccountSid{Sid}Body{body}From{from}MessageSid{message}NumMedia0To{To}";
        var form = $"AccountSid={Sid}&Body={Uri.EscapeDataString(body)}&From={Uri.EscapeDataString(from)}&MessageSid={message}&NumMedia=0&To={Uri.EscapeDataString(To)}";
        return Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST {Path} HTTP/1.1\r\nHost: {new Uri(url).Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: {Sign(signed)}\r\nContent-Length: {form.Length}\r\n\r\n{form}"));
    }

#pragma warning disable CA5350 // SHA-1 is the provider's choice for this header
    public static string Sign(string signed) => Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(Token), Encoding.UTF8.GetBytes(signed)));
#pragma warning restore CA5350
}
