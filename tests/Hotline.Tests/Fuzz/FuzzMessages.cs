using System.Text;
using Hotline.Text;

namespace Hotline.Tests.Fuzz;

/// <summary>
/// Messages that nobody would write and some that somebody would: any units, one Unicode block, torn surrogates, real sentences
/// damaged, and lines of a megabyte. The same seed gives the same messages.
/// </summary>
internal sealed class FuzzMessages(int seed, IReadOnlyList<string> real)
{
    private const int Megabyte = 1_000_000;

    private static readonly int[] Home = [0x0020, 0x00c0, 0x0300, 0x0e00, 0x0e40, 0x0e80, 0x0ec0, 0x1000, 0x1040, 0x1060, 0x1780, 0x17c0, 0x1e80, 0x2000, 0x4e00, 0xa9e0, 0xaa60, 0xff00];

    private static readonly string[] Signs = ["\u200b", "\u200d", "\u0301", "\u0e48", "\u0ecd", "\u17d2", "\u103a", "\u1039", "\u1031", "\ud800", "\udc00", "\0", "\n", "🙏", "1️⃣", "๑", "၇", " ", "!!!", "\u202e", "\ufeff", "\ufffe", "½", "①", "'"];

    /// <summary>Each was too slow once.</summary>
    private readonly Queue<string> _known = new([.. new[] { "手铐", "killll ", "ၾကည့္", "é", "😀", "ช่วยด้วยยยย", "prositution " }.Select(t => string.Concat(Enumerable.Repeat(t, 4000 / t.Length)))]);

    private readonly Random _random = new(seed);

    public string Next() => _known.TryDequeue(out var known) ? known : _random.Next(1000) switch
    {
        < 2 => Huge(),
        < 30 => Long(),
        < 130 => Units(_random.Next(200)),
        < 330 => Block(_random.Next(0x10ff00) & ~0x7f, _random.Next(1, 160)),
        < 480 => Block(Home[_random.Next(Home.Length)], _random.Next(1, 160)),
        < 560 => Mixed(),
        < 600 => string.Concat(Enumerable.Repeat(Signs[_random.Next(Signs.Length)], _random.Next(1, 120))),
        < 640 => Zawgyi.ToUnicode(Real()),
        _ => Damaged(Real()),
    };

    private string Real() => real[_random.Next(real.Count)];

    private string Units(int length) => string.Create(length, _random, static (to, random) =>
    {
        foreach (ref var unit in to)
        {
            unit = (char)random.Next(0x10000);
        }
    });

    private string Block(int from, int length)
    {
        var built = new StringBuilder();
        for (var i = 0; i < length; i++)
        {
            var value = from + _random.Next(0x80);
            _ = Rune.IsValid(value) ? built.Append(new Rune(value)) : built.Append((char)value);
            if (_random.Next(12) == 0)
            {
                built.Append(' ');
            }
        }

        return built.ToString();
    }

    private string Mixed()
    {
        var built = new StringBuilder();
        for (var parts = _random.Next(1, 8); parts > 0; parts--)
        {
            built.Append(_random.Next(4) switch
            {
                0 => Units(_random.Next(6)),
                1 => Block(Home[_random.Next(Home.Length)], _random.Next(1, 12)),
                2 => Signs[_random.Next(Signs.Length)],
                _ => Real(),
            });
        }

        return built.ToString();
    }

    /// <summary>Up to the length that is still read as a whole, and a little over it.</summary>
    private string Long()
    {
        var length = _random.Next(300, 4200);
        var built = new StringBuilder();
        var kind = _random.Next(6);
        var block = Home[_random.Next(Home.Length)];
        var sentence = Real();
        while (built.Length < length)
        {
            built.Append(kind switch
            {
                0 => Units(100),
                1 => Block(block, 100),
                2 => Block(_random.Next(0x10ff00) & ~0x7f, 50),
                3 => sentence,
                4 => Damaged(Real()),
                _ => new string((char)('a' + _random.Next(26)), 1) + (_random.Next(9) == 0 ? " " : ""),
            });
        }

        return built.ToString();
    }

    private string Huge()
    {
        var unit = _random.Next(4) switch
        {
            0 => Units(1),
            1 => Signs[_random.Next(Signs.Length)],
            2 => Real() + " ",
            _ => Block(Home[_random.Next(Home.Length)], 97),
        };
        return string.Concat(Enumerable.Repeat(unit, Megabyte / unit.Length));
    }

    private string Damaged(string text)
    {
        var built = new StringBuilder(text);
        for (var times = _random.Next(5); times > 0 && built.Length > 0; times--)
        {
            var at = _random.Next(built.Length);
            switch (_random.Next(9))
            {
                case 0:
                    built.Remove(at, 1);
                    break;
                case 1:
                    built.Insert(at, Signs[_random.Next(Signs.Length)]);
                    break;
                case 2:
                    built[at] = (char)(built[at] ^ (1 << _random.Next(12)));
                    break;
                case 3:
                    built.Insert(at, new string(built[at], _random.Next(1, 9)));
                    break;
                case 4:
                    built[at] = char.ToUpperInvariant(built[at]);
                    break;
                case 5 when at > 0:
                    (built[at], built[at - 1]) = (built[at - 1], built[at]);
                    break;
                case 6:
                    return LatinText.WithoutMarks(built.ToString());
                case 7:
                    built.Append(_random.Next(2) == 0 ? " " : "").Append(Real());
                    break;
                default:
                    built.Length = at;
                    break;
            }
        }

        return built.ToString();
    }
}
