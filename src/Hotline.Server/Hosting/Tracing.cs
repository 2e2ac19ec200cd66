using System.Diagnostics;

namespace Hotline.Server.Hosting;

/// <summary>Spans of our own, with codes and configured names on them and nothing of a person. They cost nothing while nobody listens.</summary>
internal static class Tracing
{
    public const string SourceName = "Hotline";

    private static readonly ActivitySource Source = new(SourceName);

    public static Activity? Turn(string channel) => Start("turn", channel);

    public static Activity? Send(string channel) => Start("send", channel);

    public static Activity? Desk() => Source.StartActivity("desk");

    private static Activity? Start(string name, string channel) => Source.StartActivity(name)?.SetTag("hotline.channel", channel);
}
