namespace Hotline.Text;

/// <summary>
/// A message after <see cref="TextNormalizer"/>, with the way back to the text as it was written.
/// The buffers are reused by <see cref="TextNormalizer.Read(string, bool, NormalizedText)"/>, so one instance belongs to one thread.
/// </summary>
public sealed class NormalizedText
{
    private const byte Gap = 1;
    private const byte Stop = 2;

    private char[] _text = new char[256];
    private int[] _start = new int[256];
    private int[] _end = new int[256];
    private byte[] _before = new byte[256];

    public int Length { get; private set; }

    public ReadOnlySpan<char> Span => _text.AsSpan(0, Length);

    public char this[int index] => _text[index];

    /// <summary>A space stood before this unit and was closed up, because its script writes none between words.</summary>
    public bool HasGapBefore(int index) => index < Length && (_before[index] & Gap) != 0;

    /// <summary>A sentence ended before this unit: full stop, question mark, new line and their like.</summary>
    public bool HasStopBefore(int index) => index < Length && (_before[index] & Stop) != 0;

    /// <summary>The part of the raw text that the units from <paramref name="from"/> up to <paramref name="to"/> came from.</summary>
    public (int Start, int Length) RawSpan(int from, int to)
    {
        var start = int.MaxValue;
        var end = 0;
        for (var i = from; i < to; i++)
        {
            start = Math.Min(start, _start[i]);
            end = Math.Max(end, _end[i]);
        }

        return start == int.MaxValue ? (0, 0) : (start, end - start);
    }

    public override string ToString() => new(Span);

    internal Span<char> Units => _text.AsSpan(0, Length);

    internal void Clear() => Length = 0;

    internal void Append(char unit, int rawStart, int rawEnd)
    {
        if (Length == _text.Length)
        {
            Array.Resize(ref _text, Length * 2);
            Array.Resize(ref _start, Length * 2);
            Array.Resize(ref _end, Length * 2);
            Array.Resize(ref _before, Length * 2);
        }

        _text[Length] = unit;
        _start[Length] = rawStart;
        _end[Length] = rawEnd;
        _before[Length++] = 0;
    }

    internal void Set(int index, char unit) => _text[index] = unit;

    internal void SetGap(int index) => _before[index] |= Gap;

    internal void SetStop(int index) => _before[index] |= Stop;

    /// <summary>Writes the unit at <paramref name="from"/> to <paramref name="to"/>, its origin with it.</summary>
    internal void Move(int from, int to)
    {
        _text[to] = _text[from];
        _start[to] = _start[from];
        _end[to] = _end[from];
        _before[to] = _before[from];
    }

    internal void Widen(int index, int other) =>
        (_start[index], _end[index]) = (Math.Min(_start[index], _start[other]), Math.Max(_end[index], _end[other]));

    internal void Swap(int a, int b)
    {
        (_text[a], _text[b]) = (_text[b], _text[a]);
        (_start[a], _start[b]) = (_start[b], _start[a]);
        (_end[a], _end[b]) = (_end[b], _end[a]);
    }

    /// <summary>Puts a word in the place of another; each unit of it comes from the whole of what it replaces.</summary>
    internal void Replace(int from, int to, ReadOnlySpan<char> word)
    {
        var (start, length) = RawSpan(from, to);
        var grows = word.Length - (to - from);
        for (var i = 0; i < grows; i++)
        {
            Append(' ', 0, 0);
        }

        var rest = Length - Math.Max(grows, 0) - to;
        Array.Copy(_text, to, _text, to + grows, rest);
        Array.Copy(_start, to, _start, to + grows, rest);
        Array.Copy(_end, to, _end, to + grows, rest);
        Array.Copy(_before, to, _before, to + grows, rest);
        Length = to + grows + rest;
        for (var i = 0; i < word.Length; i++)
        {
            (_text[from + i], _start[from + i], _end[from + i]) = (word[i], start, start + length);
            _before[from + i] = i == 0 ? _before[from] : (byte)0;
        }
    }

    internal void Cut(int length) => Length = length;

    /// <summary>Gives back memory that one huge message took.</summary>
    internal void Shrink(int limit)
    {
        if (_text.Length > limit)
        {
            (_text, _start, _end, _before) = (new char[256], new int[256], new int[256], new byte[256]);
            Length = 0;
        }
    }
}
