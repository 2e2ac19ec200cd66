using System.Globalization;
using Hotline.Text;

namespace Hotline.Server.Channels.Twilio;

/// <summary>How a text leaves: in how many messages, and how many segments each costs.</summary>
internal static class TwilioParts
{
    /// <summary>The provider's limit for one message.</summary>
    public const int MaxUnits = 1600;

    /// <summary>Carriers drop long chains of segments, some from nine on: an SMS stays below.</summary>
    private const int GsmUnits = 8 * 152; // a pair that does not fit leaves one unit of its segment empty
    private const int UcsUnits = 8 * 66;

    private const int RoomForNumber = 8; // " (10/12)"

    /// <summary>The text, or where it is too long its pages, each cut where a line may break and numbered: <c>… (1/3)</c>.</summary>
    public static IReadOnlyList<string> Split(string text, bool isWhatsApp)
    {
        var count = SmsSegments.Count(text);
        var isGsm = count.Encoding == SmsSegments.Gsm7;
        var limit = isWhatsApp ? MaxUnits : isGsm ? GsmUnits : UcsUnits;
        if (text.Length <= limit && (isWhatsApp || count.Units <= limit))
            return [text];

        // characters of GSM's extension take two units: such a text gets shorter pages
        var width = isWhatsApp || !isGsm ? 1 : (double)count.Units / text.Length;
        var pages = SmsPaging.Split(text, (int)((limit - RoomForNumber) / width))
            .Select(page => page.Trim())
            .Where(page => page.Length > 0)
            .ToList();
        return [.. pages.Select((page, i) => string.Create(CultureInfo.InvariantCulture, $"{page} ({i + 1}/{pages.Count})"))];
    }

    public static int Segments(string text) => SmsSegments.Count(text).Segments;
}
