using System.Globalization;
using System.Text;
using Hotline.Cli;
using Xunit;

namespace Hotline.Tests.Cli;

/// <summary>
/// The line commands answer each line before they read the next and keep nothing of it. <c>HOTLINE_LINES=1000000</c> sends a
/// million through each.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class StreamingTests
{
    /// <summary>What may stay behind: caches by thread, buffers.</summary>
    private const long MostKept = 4_000_000;

    [Theory]
    [InlineData("language")]
    [InlineData("choose --options 4")]
    [InlineData("segments")]
    [InlineData("triage")]
    public void Many_lines_go_through_in_the_memory_of_few(string arguments)
    {
        var lines = int.Parse(Environment.GetEnvironmentVariable("HOTLINE_LINES") ?? "20000", CultureInfo.InvariantCulture);
        var input = new Lines(lines);
        using var output = new Counter(input, lines / 4, lines - 10);
        var terminal = new Terminal(input, output, TextWriter.Null, Tests.Text.ContentFolder.Root, TimeProvider.System);

        Assert.Equal(0, Tool.Run(arguments.Split(' '), terminal));
        Assert.Equal(lines, output.Count);
        Assert.True(output.Late - output.Early < MostKept, $"{output.Early} bytes after a quarter, {output.Late} at the end");
    }

    /// <summary>Messages in many scripts, none like the one before; never more than two lines ahead of the answers.</summary>
    private sealed class Lines(int count) : Stream
    {
        private static readonly string[] Texts = ["please help me {0}", "ช่วยด้วย {0}", "ကူညီပါ {0} ကယ္ပါ", "ជួយផង {0}", "ຊ່ວຍແດ່ {0}", "救命 {0}", "giữ hộ chiếu {0}", "{0}"];
        private byte[] _line = [];
        private int _at;

        public int Made { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count1)
        {
            if (_at == _line.Length)
            {
                if (Made == count)
                {
                    return 0;
                }

                var text = Texts[Made % Texts.Length].Replace("{0}", Made.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
                _line = Encoding.UTF8.GetBytes($$"""{"id":{{Made}},"text":"{{text}}"}""" + "\n");
                (_at, Made) = (0, Made + 1);
            }

            var length = Math.Min(count1, _line.Length - _at);
            _line.AsSpan(_at, length).CopyTo(buffer.AsSpan(offset));
            _at += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count1) => throw new NotSupportedException();
    }

    private sealed class Counter(Lines input, int early, int late) : TextWriter
    {
        public int Count { get; private set; }

        public long Early { get; private set; }

        public long Late { get; private set; }

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            if (value != '\n')
            {
                return;
            }

            Count++;
            Assert.InRange(input.Made - Count, 0, 1);
            if (Count == early)
            {
                Early = GC.GetTotalMemory(true);
            }

            if (Count == late)
            {
                Late = GC.GetTotalMemory(true);
            }
        }

        public override void Write(string? value)
        {
        }
    }
}
