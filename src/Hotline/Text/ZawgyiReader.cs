using System.Text;

namespace Hotline.Text;

/// <summary>
/// Reads Zawgyi as Unicode, syllable by syllable: what is typed before the consonant goes behind it, each drawn shape becomes
/// the letters that it stands for, and the signs take the order of Unicode.
/// </summary>
internal static class ZawgyiReader
{
    private const char E = '\u1031';
    private const char Ra = '\u103c';
    private const string Kinzi = "\u1004\u103a\u1039";

    /// <summary>More signs on one letter are no writing; what follows begins anew.</summary>
    private const int MostSigns = 24;

    /// <summary>What each code from U+1060 to U+1097 draws.</summary>
    private static readonly string[] Shapes =
    [
        "\u1039\u1000", "\u1039\u1001", "\u1039\u1002", "\u1039\u1003", Kinzi, "\u1039\u1005", "\u1039\u1006", "\u1039\u1006", // 1060
        "\u1039\u1007", "\u1039\u1008", "\u1009", "\u100a", "\u1039\u100b", "\u1039\u100c", "\u100d\u1039\u100d", "\u100d\u1039\u100e",
        "\u1039\u100f", "\u1039\u1010", "\u1039\u1010", "\u1039\u1011", "\u1039\u1011", "\u1039\u1012", "\u1039\u1013", "\u1039\u1014", // 1070
        "\u1039\u1015", "\u1039\u1016", "\u1039\u1017", "\u1039\u1018", "\u1039\u1019", "\u103b", "\u103c", "\u103c",
        "\u103c", "\u103c", "\u103c", "\u103c", "\u103c", "\u1039\u101c", "\u103f", "\u103e", // 1080
        "\u103e\u102f", "\u103e\u1030", "\u103d\u103e", Kinzi + "\u102d", Kinzi + "\u102e", Kinzi + "\u1036", "\u102d\u1036", "\u1014",
        "\u101b", "\u100f\u1039\u100d", "\u100b\u1039\u100c", "\u1039\u1018", "\u1037", "\u1037", "\u1039\u1010\u103d", "\u100b\u1039\u100b", // 1090
    ];

    public static string Read(string text)
    {
        var built = new StringBuilder(text.Length + 16);
        Span<char> signs = stackalloc char[MostSigns * 5];
        for (var i = 0; i < text.Length;)
        {
            if (text[i] is < '\u1000' or > '\u109f')
            {
                built.Append(text[i++]);
                continue;
            }

            i = Syllable(text, i, signs, built);
        }

        return built.ToString();
    }

    private static int Syllable(string text, int i, Span<char> signs, StringBuilder built)
    {
        var start = i;
        var (e, ra) = (0, 0);
        while (i < text.Length && e + ra < 4 && (text[i] == E || IsRa(text[i])))
        {
            _ = text[i++] == E ? e++ : ra++;
        }

        var found = new Marks(signs);
        for (var k = 0; k < ra; k++)
        {
            found.Add(Ra);
        }

        for (var k = 0; k < e; k++)
        {
            found.Add(E);
        }

        var head = i < text.Length && IsBase(text[i]) ? text[i++] : '\0';
        var kinzi = false;
        for (var most = i + MostSigns - 4; i < text.Length && i < most && IsSign(text[i]);)
        {
            kinzi |= AddSign(text[i++], ref found);
        }

        built.Append(kinzi ? Kinzi : "");
        Head(head, e + ra > 0, ref found, built);
        found.WriteTo(built);
        if (i == start)
        {
            built.Append(text[i++]); // no part of a syllable
        }

        return i;
    }

    /// <returns>The sign was the NGA that rides on the next consonant; it is written before it.</returns>
    private static bool AddSign(char sign, ref Marks found)
    {
        if (sign is >= '\u1060' and <= '\u1097')
        {
            var shape = Shapes[sign - '\u1060'];
            var kinzi = shape.StartsWith(Kinzi, StringComparison.Ordinal);
            foreach (var c in kinzi ? shape[Kinzi.Length..] : shape)
            {
                found.Add(c);
            }

            return kinzi;
        }

        switch (sign)
        {
            case '\u1033' or '\u1034':
                found.Add(sign == '\u1033' ? '\u102f' : '\u1030');
                break;
            case '\u1039' or '\u103a' or '\u103c' or '\u103d':
                found.Add((char)(sign + 1));
                break;
            case '\u105a':
                found.Add('\u102b');
                found.Add('\u103a');
                break;
            default:
                found.Add(sign);
                break;
        }

        return false;
    }

    /// <summary>Some letters are typed as another with a sign.</summary>
    private static void Head(char head, bool leads, ref Marks found, StringBuilder built)
    {
        switch (head)
        {
            case '\0':
                break;
            case '\u1025' when found.Take('\u102e'):
                built.Append('\u1026');
                break;
            case '\u1025' when found.Has('\u103a') || found.Has('\u102c'):
                built.Append('\u1009');
                break;
            case '\u101e' when found.Take(Ra):
                built.Append(found.Has(E) && found.Has('\u102c') && found.Has('\u103a') && found.Take(E) && found.Take('\u102c') && found.Take('\u103a')
                    ? '\u102a' : '\u1029');
                break;
            case '\u1005' when found.Take('\u103b'):
                built.Append('\u1008');
                break;
            case '\u1040' or '\u1047' when leads || found.Any:
                built.Append(head == '\u1040' ? '\u101d' : '\u101b');
                break;
            case '\u104e':
                built.Append("\u104e\u1004\u103a\u1038");
                break;
            case >= '\u1060' and <= '\u1097':
                built.Append(Shapes[head - '\u1060']);
                break;
            default:
                built.Append(head);
                break;
        }
    }

    private static bool IsRa(char c) => c is '\u103b' or (>= '\u107e' and <= '\u1084');

    private static bool IsBase(char c) => c is (>= '\u1000' and <= '\u102a') or '\u103f' or '\u1040' or '\u1047' or '\u104e' or '\u106a' or '\u106b'
        or '\u106e' or '\u106f' or '\u1086' or '\u108f' or '\u1090' or '\u1091' or '\u1092' or '\u1097';

    private static bool IsSign(char c) => c is (>= '\u102b' and <= '\u1030') or (>= '\u1032' and <= '\u103a') or '\u103c' or '\u103d' or '\u103e' or '\u105a'
        || (c is >= '\u1060' and <= '\u1096' && !IsBase(c) && !IsRa(c));

    /// <summary>The signs of one syllable in the order of Unicode, without doubles; stacked letters stay behind their sign.</summary>
    private ref struct Marks(Span<char> room)
    {
        private readonly Span<char> _room = room;
        private int _count;
        private bool _stacks;

        public readonly bool Any => _count > 0;

        public readonly bool Has(char sign) => _room[.._count].Contains(sign);

        public void Add(char sign)
        {
            var stacked = _stacks;
            _stacks = sign == '\u1039';
            if (_count == _room.Length || (!_stacks && !stacked && Has(sign)))
            {
                return;
            }

            var at = _count;
            var rank = stacked ? 0 : Rank(sign);
            while (at > 0 && !stacked && Rank(_room[at - 1]) > rank)
            {
                at--;
            }

            // a stacked letter follows the last stacking sign
            at = stacked ? _room[.._count].LastIndexOf('\u1039') + 1 : at;
            _room[at.._count].CopyTo(_room[(at + 1)..]);
            _room[at] = sign;
            _count++;
        }

        public bool Take(char sign)
        {
            var at = _room[.._count].IndexOf(sign);
            if (at < 0)
            {
                return false;
            }

            _room[(at + 1).._count].CopyTo(_room[at..]);
            _count--;
            return true;
        }

        public readonly void WriteTo(StringBuilder built) => built.Append(_room[.._count]);

        private static int Rank(char sign) => sign switch
        {
            < '\u102b' or '\u1039' => 0,
            '\u103b' => 1,
            '\u103c' => 2,
            '\u103d' => 3,
            '\u103e' => 4,
            E => 5,
            '\u102d' or '\u102e' or '\u1032' => 6,
            '\u102f' or '\u1030' => 7,
            '\u102b' or '\u102c' => 8,
            '\u1036' => 9,
            '\u1037' => 10,
            '\u103a' => 11,
            _ => 12,
        };
    }
}
