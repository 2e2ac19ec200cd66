namespace Hotline.Text;

/// <summary>A second reading of a text: words typed wrong as the words that were meant. Reused, so one instance belongs to one thread.</summary>
internal sealed class MendedText
{
    private char[] _bare = [];
    private char[] _written = [];
    private int[] _from = [];
    private int[] _to = [];
    private bool[] _mended = [];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Bare => _bare.AsSpan(0, Length);

    /// <summary>With the marks that were written; a mended word has none.</summary>
    public ReadOnlySpan<char> Written => _written.AsSpan(0, Length);

    /// <summary>Whether any word needed it; if not, the reading says nothing new.</summary>
    /// <param name="bare">The text without marks.</param>
    public bool Read(Spelling spelling, ReadOnlySpan<char> bare, ReadOnlySpan<char> written)
    {
        Length = 0;
        var copied = 0;
        for (var i = 0; i < bare.Length;)
        {
            if (!char.IsAsciiLetterLower(bare[i]))
            {
                i++;
                continue;
            }

            var end = i + 1;
            while (end < bare.Length && char.IsAsciiLetterLower(bare[end]))
            {
                end++;
            }

            if (spelling.Mend(bare[i..end]) is { } meant)
            {
                Copy(bare, written, copied, i);
                foreach (var unit in meant)
                {
                    Append(unit, unit, (i, end), true);
                }

                copied = end;
            }

            i = end;
        }

        if (copied == 0)
        {
            return false;
        }

        Copy(bare, written, copied, bare.Length);
        return true;
    }

    public bool IsMended(int start, int end) => _mended.AsSpan(start..end).Contains(true);

    /// <summary>The place in the text that was read; a mended word counts as a whole.</summary>
    public (int Start, int End) Origin(int start, int end) => (_from[start], _to[end - 1]);

    private void Copy(ReadOnlySpan<char> bare, ReadOnlySpan<char> written, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            Append(bare[i], written[i], (i, i + 1), false);
        }
    }

    private void Append(char bare, char written, (int From, int To) origin, bool mended)
    {
        if (Length == _bare.Length)
        {
            var size = Math.Max(512, Length * 2);
            Array.Resize(ref _bare, size);
            Array.Resize(ref _written, size);
            Array.Resize(ref _from, size);
            Array.Resize(ref _to, size);
            Array.Resize(ref _mended, size);
        }

        (_bare[Length], _written[Length], _mended[Length]) = (bare, written, mended);
        (_from[Length], _to[Length]) = origin;
        Length++;
    }
}
