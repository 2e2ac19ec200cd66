using System.Security.Cryptography;
using System.Text;

namespace Hotline.Server.Tests.Channels.Twilio.Fake;

/// <summary>Signs as Twilio does; written apart from the server's check, so that one can prove the other.</summary>
public static class FakeSigner
{
    public static string Sign(string token, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        var data = new StringBuilder(url.Split('#')[0]);
        foreach (var name in form.GroupBy(p => p.Key, p => p.Value, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            foreach (var value in name.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                data.Append(name.Key).Append(value);
        }

#pragma warning disable CA5350 // Twilio's choice
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(data.ToString())));
#pragma warning restore CA5350
    }
}
