namespace Hotline.Server.Channels.Twilio;

/// <summary>Section <c>Twilio</c>: the numbers of the line. No channel is a fine setting: the web chat then stands alone.</summary>
internal sealed class TwilioOptions
{
    public const string Section = "Twilio";

    public IList<TwilioChannelOptions> Channels { get; init; } = [];
}
