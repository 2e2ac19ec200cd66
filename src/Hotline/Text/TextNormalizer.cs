using System.Globalization;
using System.Text;

namespace Hotline.Text;

/// <summary>
/// The one normaliser for what is indexed and what people write: invisible characters dropped, NFKC, lower case, Burmese zero
/// and seven typed for letters, native digits as ASCII, repairs of Thai, Lao, Khmer and Burmese spelling, single spaces.
/// Total on any UTF-16; <see cref="Normalize"/> is idempotent. The raw text is never changed; <see cref="NormalizedText.RawSpan"/> leads back to it.
/// </summary>
public static class TextNormalizer
{
    /// <summary>More marks on one letter than this are dropped: no script needs them.</summary>
    private const int MaxSegment = 24;

    /// <summary>Longer texts than this are not kept by <see cref="Key"/>.</summary>
    private const int MostKept = 100;

    private const int KeptBuffer = 8192;

    [ThreadStatic]
    private static NormalizedText? _scratch;

    [ThreadStatic]
    private static (string Raw, string Key)?[]? _keys;

    /// <summary>What became of a character that nothing combines with, by its code; the framework's normalising is slow for single letters.</summary>
    private static readonly string?[] Alone = new string?[0x10000];

    private static NormalizedText Scratch => _scratch ??= new();

    private static (string Raw, string Key)?[] Keys => _keys ??= new (string, string)?[256];

    /// <summary>The normalised text, punctuation and spaces between words kept.</summary>
    public static string Normalize(string raw)
    {
        // one repair can make room for another: until nothing changes, which takes two passes at most but for nonsense
        var text = Read(raw, matching: false, Scratch).ToString();
        for (var pass = 0; pass < 8 && Read(text, matching: false, Scratch).ToString() is var next && next != text; pass++)
        {
            text = next;
        }

        return text;
    }

    /// <summary>
    /// The form that words are looked up by: as <see cref="Normalize"/>, and apostrophes dropped, punctuation and symbols as
    /// spaces, no space inside scripts that write none, traditional characters as simplified.
    /// </summary>
    public static string Key(string raw)
    {
        // One turn asks for the key of the same message and the same choices again and again.
        var slot = (uint)raw.GetHashCode(StringComparison.Ordinal) % (uint)Keys.Length;
        if (raw.Length > MostKept)
        {
            var made = Read(raw, matching: true, Scratch).ToString();
            Scratch.Shrink(KeptBuffer);
            return made;
        }

        if (Keys[slot] is { } kept && string.Equals(kept.Raw, raw, StringComparison.Ordinal))
        {
            return kept.Key;
        }

        var key = Read(raw, matching: true, Scratch).ToString();
        Keys[slot] = (raw, key);
        return key;
    }

    /// <summary>Normalises into <paramref name="into"/>, which is cleared first and returned.</summary>
    public static NormalizedText Read(string raw, bool matching, NormalizedText into)
    {
        into.Clear();
        Fold(raw, matching, into);
        Digits.Fold(into);
        ScriptRepairs.Apply(into, matching);
        Spacing.Apply(into, matching);
        return into;
    }

    private static void Fold(ReadOnlySpan<char> raw, bool matching, NormalizedText into)
    {
        var i = 0;
        while (i < raw.Length)
        {
            var c = raw[i];
            if (c < 0x80 && (i + 1 == raw.Length || raw[i + 1] < 0x300))
            {
                if (c is >= ' ' and < '\x7f' or '\n' or '\t')
                {
                    into.Append(c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c, i, i + 1);
                }

                i++;
            }
            else if (Scripts.IsOwnRepair(c))
            {
                FoldOwn(c, i, into);
                i++;
            }
            else if (c is >= '\u3400' and <= '\u9fff')
            {
                into.Append(c, i, i + 1);
                i++;
            }
            else
            {
                i = FoldSegment(raw, i, matching, into);
            }
        }
    }

    /// <summary>The few compatibility characters of the scripts whose order <see cref="ScriptRepairs"/> mends itself.</summary>
    private static void FoldOwn(char c, int at, NormalizedText into)
    {
        switch (c)
        {
            case '\u0e33':
                into.Append('\u0e4d', at, at + 1);
                into.Append('\u0e32', at, at + 1);
                break;
            case '\u0eb3':
                into.Append('\u0ecd', at, at + 1);
                into.Append('\u0eb2', at, at + 1);
                break;
            case '\u0edc' or '\u0edd':
                into.Append('\u0eab', at, at + 1);
                into.Append(c == '\u0edc' ? '\u0e99' : '\u0ea1', at, at + 1);
                break;
            default:
                into.Append(c, at, at + 1);
                break;
        }
    }

    /// <summary>One letter with what combines with it: NFKC, lower case, NFKC again.</summary>
    private static int FoldSegment(ReadOnlySpan<char> raw, int at, bool matching, NormalizedText into)
    {
        if (!char.IsSurrogate(raw[at]) && (at + 1 == raw.Length || Begins(raw[at + 1])))
        {
            foreach (var rune in (Alone[raw[at]] ??= FoldAlone(raw[at])).EnumerateRunes())
            {
                AppendFolded(rune, at, at + 1, matching, into);
            }

            return at + 1;
        }

        Span<char> segment = stackalloc char[MaxSegment + 2];
        Span<char> folded = stackalloc char[MaxSegment * 20];
        var length = 0;
        var i = at;
        while (i < raw.Length)
        {
            var ok = Rune.DecodeFromUtf16(raw[i..], out var rune, out var used) == System.Buffers.OperationStatus.Done;
            if (Scripts.IsInvisible(rune))
            {
                i += used;
                if (length == 0)
                {
                    return i;
                }

                continue;
            }

            if (length > 0 && (!ok || !Scripts.Continues(rune)))
            {
                break;
            }

            if (length <= MaxSegment - 2)
            {
                length += rune.EncodeToUtf16(segment[length..]); // U+FFFD for a lone surrogate
            }

            i += used;
        }

        if (length == 1 && segment[0] == '\u00b4')
        {
            segment[0] = '\'';
        }

        length = Compose(segment[..length], folded);
        foreach (var rune in folded[..length].EnumerateRunes())
        {
            AppendFolded(rune, at, i, matching, into);
        }

        return i;
    }

    /// <summary>Neither combines with what stands before it nor vanishes.</summary>
    private static bool Begins(char c) =>
        !char.IsSurrogate(c) && !Scripts.IsInvisible(new Rune(c)) && !Scripts.Continues(new Rune(c));

    private static string FoldAlone(char c)
    {
        if (Scripts.IsInvisible(new Rune(c)))
        {
            return "";
        }

        if (c is (>= '\u2160' and <= '\u216b') or (>= '\u2170' and <= '\u217b'))
        {
            return ((c & 0xf) + 1).ToString(CultureInfo.InvariantCulture); // Roman one to twelve, drawn as one sign; NFKC makes letters of them
        }

        Span<char> folded = stackalloc char[MaxSegment * 20];
        return new(folded[..Compose([c == '\u00b4' ? '\'' : c], folded)]);
    }

    private static int Compose(Span<char> segment, Span<char> folded)
    {
        Span<char> middle = stackalloc char[MaxSegment * 20];
        if (!segment.TryNormalize(middle, out var length, NormalizationForm.FormKC))
        {
            return 0;
        }

        Span<char> lower = stackalloc char[MaxSegment * 20];
        length = middle[..length].ToLowerInvariant(lower);
        return lower[..length].TryNormalize(folded, out length, NormalizationForm.FormKC) ? length : 0;
    }

    private static void AppendFolded(Rune rune, int rawStart, int rawEnd, bool matching, NormalizedText into)
    {
        if (Scripts.IsInvisible(rune) || (matching && Scripts.IsMark(rune)))
        {
            return;
        }

        if (rune.Value == 0x1f51f) // the keycap of ten
        {
            into.Append('1', rawStart, rawEnd);
            into.Append('0', rawStart, rawEnd);
            return;
        }

        if (rune.Value == 0x2bc)
        {
            into.Append('\'', rawStart, rawEnd);
            return;
        }

        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber)
        {
            var value = Rune.GetNumericValue(rune);
            if (value is >= 0 and <= 20 && value == Math.Floor(value))
            {
                if (value >= 10)
                {
                    into.Append((char)('0' + ((int)value / 10)), rawStart, rawEnd);
                }

                into.Append((char)('0' + ((int)value % 10)), rawStart, rawEnd);
                return;
            }
        }

        Span<char> units = stackalloc char[2];
        foreach (var unit in units[..rune.EncodeToUtf16(units)])
        {
            into.Append(unit, rawStart, rawEnd);
        }
    }
}
