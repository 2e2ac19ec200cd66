using Hotline.Text;

namespace Hotline.Triage;

/// <summary>
/// All written phrases as one graph of units, alternatives side by side, so that <c>(a|b) (c|d)</c> costs its letters and not
/// its product. <see cref="PhraseAutomaton"/> makes it deterministic.
/// </summary>
internal sealed class PhraseGraph
{
    /// <summary>Marks an arc that consumes nothing.</summary>
    public const char Nothing = '\0';

    private readonly List<int> _firstArc = [];
    private readonly List<Arc> _arcs = [];
    private readonly List<int> _accepts = [];
    private readonly List<PhraseEntry> _entries = [];

    public PhraseGraph() => Root = AddNode();

    public int Root { get; }

    public int NodeCount => _firstArc.Count;

    public IReadOnlyList<PhraseEntry> Entries => _entries;

    public int AddNode()
    {
        _firstArc.Add(-1);
        _accepts.Add(-1);
        return _firstArc.Count - 1;
    }

    /// <summary>The arc's number, or -1; go on with <see cref="Arc.Next"/>.</summary>
    public int FirstArc(int node) => _firstArc[node];

    public Arc ArcAt(int arc) => _arcs[arc];

    /// <summary>Which of <see cref="Entries"/> ends at the node, or -1.</summary>
    public int Accepts(int node) => _accepts[node];

    public void Connect(int from, char unit, int to)
    {
        _arcs.Add(new(unit, to, _firstArc[from]));
        _firstArc[from] = _arcs.Count - 1;
    }

    /// <summary>A new node behind <paramref name="unit"/>; unless <paramref name="exact"/>, Latin marks may be missing, all or the tone alone.</summary>
    public int Follow(int from, char unit, bool exact)
    {
        var to = AddNode();
        Connect(from, unit, to);
        if (!exact && Diacritics.Strip(unit) is var bare && bare != unit)
        {
            Connect(from, bare, to);
            if (Diacritics.StripTone(unit) is var toneless && toneless != unit && toneless != bare)
            {
                Connect(from, toneless, to);
            }
        }

        return to;
    }

    public void Accept(int node, PhraseEntry entry)
    {
        var end = AddNode();
        Connect(node, Nothing, end);
        _accepts[end] = _entries.Count;
        _entries.Add(entry);
    }

    public readonly record struct Arc(char Unit, int To, int Next);
}

/// <summary>What a phrase found stands for.</summary>
/// <param name="Sign">The first sign of the phrase as written, <c>\0</c> without.</param>
/// <param name="Open">A Latin word may go on.</param>
internal readonly record struct PhraseEntry(int Id, char Sign, bool Open);
