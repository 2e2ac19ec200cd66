using System.Text;
using System.Xml.Linq;

namespace Hotline.Server.Channels.Twilio;

/// <summary>The two answers to a webhook. Replies never go this way: they would have no id to follow.</summary>
internal static class TwiMl
{
    public const string Empty = "<Response/>";

    public static string Message(string text) =>
        new XElement("Response", new XElement("Message", new XElement("Body", text))).ToString(SaveOptions.DisableFormatting);

    public static IResult Answer(string twiMl) => Results.Text(twiMl, "text/xml", Encoding.UTF8);
}
