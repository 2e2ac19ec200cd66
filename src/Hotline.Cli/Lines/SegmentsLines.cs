using Hotline.Text;

namespace Hotline.Cli.Lines;

/// <summary><c>segments</c>: how each text travels as SMS.</summary>
internal static class SegmentsLines
{
    public static System.CommandLine.Command Make(Terminal terminal)
    {
        var command = new System.CommandLine.Command("segments", "JSON Lines: encoding, units and parts of each text as SMS");
        command.SetAction(_ => JsonLines.Run(terminal, (writer, text) =>
        {
            var count = SmsSegments.Count(text);
            writer.WriteString("encoding", count.Encoding);
            writer.WriteNumber("units", count.Units);
            writer.WriteNumber("segments", count.Segments);
        }));
        return command;
    }
}
