namespace Hotline.Server.Channels.Twilio;

/// <summary>How a text leaves: in how many messages, and how many segments each costs.</summary>
internal static class TwilioParts
{
    public const int MaxUnits = 1600;

    public static IReadOnlyList<string> Split(string text, bool isWhatsApp) =>
        text.Length <= MaxUnits || isWhatsApp ? [text] : [text[..MaxUnits], text[MaxUnits..]];

    public static int Segments(string text) => Math.Max(1, (text.Length + 66) / 67);
}
