using System.Globalization;

namespace Hotline.Server.Channels.Twilio;

/// <summary>How a text leaves: in how many messages, and how many segments each costs.</summary>
internal static class TwilioParts
{
    /// <summary>The provider's limit for one message.</summary>
    public const int MaxUnits = 1600;

    private const int RoomForNumber = 10;

    public static IReadOnlyList<string> Split(string text)
    {
        if (text.Length <= MaxUnits)
            return [text];

        var pages = new List<string>();
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var cut = rest.Length <= MaxUnits - RoomForNumber ? rest.Length : Cut(rest[..(MaxUnits - RoomForNumber)]);
            pages.Add(rest[..cut].Trim().ToString());
            rest = rest[cut..];
        }

        return [.. pages.Select((page, i) => string.Create(CultureInfo.InvariantCulture, $"{page} {i + 1}/{pages.Count}"))];
    }

    public static int Segments(string text) => Math.Max(1, (text.Length + 66) / 67);

    private static int Cut(ReadOnlySpan<char> window) =>
        window.LastIndexOfAny(" \n\u200B") is > 0 and var at ? at + 1 : char.IsHighSurrogate(window[^1]) ? window.Length - 1 : window.Length;
}
