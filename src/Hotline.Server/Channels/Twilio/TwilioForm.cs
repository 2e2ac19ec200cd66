using System.Buffers;
using System.Globalization;
using System.Text;

namespace Hotline.Server.Channels.Twilio;

/// <summary>
/// Reads <c>application/x-www-form-urlencoded</c> strictly: what Twilio never sends (broken escapes, bytes that are
/// not UTF-8) is a fault and not a guess, because the signature covers the decoded text.
/// </summary>
internal static class TwilioForm
{
    public const int MaxBytes = 64 * 1024;
    public const int MaxParameters = 100;

    /// <summary>More than this is not even sorted for its signature.</summary>
    private const int MaxPairs = 1000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>All pairs in order, however many; <c>null</c> when the bytes are no such form.</summary>
    public static IReadOnlyList<FormPair>? Read(ReadOnlySpan<byte> body)
    {
        var pairs = new List<FormPair>();
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(1, body.Length));
        try
        {
            foreach (var range in body.Split((byte)'&'))
            {
                var pair = body[range];
                if (pair.IsEmpty)
                    continue;

                var cut = pair.IndexOf((byte)'=');
                var name = Decode(cut < 0 ? pair : pair[..cut], buffer);
                var value = cut < 0 ? "" : Decode(pair[(cut + 1)..], buffer);
                if (name is null || value is null || pairs.Count == MaxPairs)
                    return null;

                pairs.Add(new FormPair(name, value));
            }

            return pairs;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }

    private static string? Decode(ReadOnlySpan<byte> escaped, byte[] buffer)
    {
        var length = 0;
        for (var i = 0; i < escaped.Length; i++)
        {
            var b = escaped[i];
            if (b == '%')
            {
                if (i + 2 >= escaped.Length
                    || !byte.TryParse(escaped.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out b))
                    return null;
                i += 2;
            }
            else if (b == '+')
            {
                b = (byte)' ';
            }

            buffer[length++] = b;
        }

        try
        {
            return Strict.GetString(buffer, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
