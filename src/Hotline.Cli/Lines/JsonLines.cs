using System.Buffers;
using System.Text.Json;

namespace Hotline.Cli.Lines;

/// <summary>
/// JSON Lines in, JSON Lines out: one object for one, in order, each written before the next is read. A line that is no
/// <c>{"id","text"}</c> gives <c>{"line":n,"error":…}</c> in its place.
/// </summary>
internal static class JsonLines
{
    private static readonly byte[] LineEnd = [(byte)'\n'];

    /// <param name="answer">Writes the members of the answer after <c>id</c>.</param>
    public static int Run(Terminal terminal, Action<Utf8JsonWriter, string> answer)
    {
        var code = ExitCode.Well;
        var number = 0;
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var line in Lines(terminal.In))
        {
            number++;
            buffer.ResetWrittenCount();
            using (var writer = new Utf8JsonWriter(buffer))
            {
                if (Read(line, out var id, out var text) is { } fault)
                {
                    code = ExitCode.Findings;
                    writer.WriteStartObject();
                    writer.WriteNumber("line", number);
                    writer.WriteString("error", fault);
                }
                else
                {
                    writer.WriteStartObject();
                    writer.WritePropertyName("id");
                    id.WriteTo(writer);
                    answer(writer, text);
                }

                writer.WriteEndObject();
            }

            terminal.Out.Write(System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan));
            terminal.Out.Write('\n');
            terminal.Out.Flush();
        }

        return code;
    }

    private static string? Read(ReadOnlyMemory<byte> line, out JsonElement id, out string text)
    {
        id = default;
        text = "";
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return "not a JSON object";
            }

            if (!document.RootElement.TryGetProperty("id", out var given)
                || given.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            {
                return "'id' must be a text or a number";
            }

            if (!document.RootElement.TryGetProperty("text", out var value) || value.ValueKind != JsonValueKind.String)
            {
                return "'text' must be a text";
            }

            text = value.GetString()!;
            _ = given.ToString();
            id = given.Clone();
            return null;
        }
        catch (JsonException)
        {
            return "not valid JSON in UTF-8";
        }
        catch (InvalidOperationException)
        {
            // half of a surrogate pair, or bytes that are no UTF-8 inside a string
            return "a text that is not valid Unicode";
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Lines(Stream input)
    {
        var buffer = new byte[65_536];
        var (start, end, first) = (0, 0, true);
        while (true)
        {
            var at = buffer.AsSpan(start, end - start).IndexOf(LineEnd);
            if (at >= 0)
            {
                yield return Plain(buffer.AsMemory(start, at), ref first);
                start += at + 1;
                continue;
            }

            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
            }
            else if (end == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = input.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                break;
            }

            end += read;
        }

        if (end > start)
        {
            yield return Plain(buffer.AsMemory(start, end - start), ref first);
        }
    }

    /// <summary>Without a carriage return at the end, and on the first line without a byte order mark.</summary>
    private static ReadOnlyMemory<byte> Plain(ReadOnlyMemory<byte> line, ref bool first)
    {
        if (first && line.Span.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        first = false;
        return line.Span is [.., (byte)'\r'] ? line[..^1] : line;
    }
}
