using System.Runtime.InteropServices;
using Hotline.Text;

namespace Hotline.Triage;

/// <summary>
/// The phrases of a <see cref="PhraseGraph"/> with one way for one text: walked from every place where a word may begin.
/// Equal rests are shared, so it grows with what is written and not with what it stands for.
/// </summary>
internal sealed class PhraseAutomaton
{
    private readonly int[] _roots = new int[0x10000];
    private readonly int[] _edgesFrom;
    private readonly char[] _units;
    private readonly int[] _targets;
    private readonly int[] _acceptsFrom;
    private readonly PhraseEntry[] _accepts;

    public PhraseAutomaton(PhraseGraph graph)
    {
        var sets = new SetTable(graph);
        sets.Begin();
        sets.Close(graph.Root);
        sets.Find();
        List<int> edgesFrom = [0];
        List<char> units = [];
        List<int> targets = [];
        List<int> acceptsFrom = [0];
        List<PhraseEntry> accepts = [];
        List<ulong> arcs = [];
        for (var state = 0; state < sets.Count; state++)
        {
            arcs.Clear();
            var acceptsHere = accepts.Count;
            foreach (var node in sets.Of(state))
            {
                if (graph.Accepts(node) is >= 0 and var entry && !accepts.Skip(acceptsHere).Contains(graph.Entries[entry]))
                {
                    accepts.Add(graph.Entries[entry]);
                }

                for (var at = graph.FirstArc(node); at >= 0;)
                {
                    var arc = graph.ArcAt(at);
                    if (arc.Unit != PhraseGraph.Nothing)
                    {
                        arcs.Add(((ulong)arc.Unit << 32) | (uint)arc.To);
                    }

                    at = arc.Next;
                }
            }

            acceptsFrom.Add(accepts.Count);
            var sorted = CollectionsMarshal.AsSpan(arcs);
            sorted.Sort();
            for (var i = 0; i < sorted.Length;)
            {
                var unit = (char)(sorted[i] >> 32);
                sets.Begin();
                for (; i < sorted.Length && (char)(sorted[i] >> 32) == unit; i++)
                {
                    sets.Close((int)(uint)sorted[i]);
                }

                var target = sets.Find();
                if (state == 0)
                {
                    _roots[unit] = target;
                }

                units.Add(unit);
                targets.Add(target);
            }

            edgesFrom.Add(units.Count);
        }

        (_edgesFrom, _units, _targets) = ([.. edgesFrom], [.. units], [.. targets]);
        (_acceptsFrom, _accepts) = ([.. acceptsFrom], [.. accepts]);
    }

    public int States => _edgesFrom.Length - 1;

    /// <summary>The state after a first unit, 0 when no phrase begins so.</summary>
    public int First(char unit) => _roots[unit];

    /// <summary>The state after one more unit, 0 when no phrase goes on so.</summary>
    public int Step(int state, char unit)
    {
        var (from, to) = (_edgesFrom[state], _edgesFrom[state + 1]);
        while (to - from > 8)
        {
            var middle = (from + to) / 2;
            (from, to) = _units[middle] <= unit ? (middle, to) : (from, middle);
        }

        for (; from < to; from++)
        {
            if (_units[from] == unit)
            {
                return _targets[from];
            }
        }

        return 0;
    }

    /// <summary>Every word of the phrases in letters a to z, with a final <c>*</c> where it may go on.</summary>
    public IReadOnlyCollection<string> LatinWords()
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var starts = new HashSet<int> { 0 };
        for (var edge = 0; edge < _units.Length; edge++)
        {
            if (_units[edge] == ' ')
            {
                starts.Add(_targets[edge]);
            }
        }

        Span<char> word = stackalloc char[Spelling.Longest];
        foreach (var start in starts)
        {
            Spell(start, word, 0, words);
        }

        return words;
    }

    private void Spell(int state, Span<char> word, int length, HashSet<string> words)
    {
        for (var edge = _edgesFrom[state]; length < word.Length && edge < _edgesFrom[state + 1]; edge++)
        {
            if (!char.IsAsciiLetterLower(_units[edge]))
            {
                continue;
            }

            var target = _targets[edge];
            word[length] = _units[edge];
            var (closed, open) = (Step(target, ' ') != 0, false);
            foreach (var accept in Accepts(target))
            {
                closed |= !accept.Open;
                open |= accept.Open;
            }

            if (closed)
            {
                words.Add(new(word[..(length + 1)]));
            }

            if (open)
            {
                words.Add(string.Concat(word[..(length + 1)], "*"));
            }

            Spell(target, word, length + 1, words);
        }
    }

    public ReadOnlySpan<PhraseEntry> Accepts(int state) => _accepts.AsSpan(_acceptsFrom[state].._acceptsFrom[state + 1]);

    /// <summary>Sets of nodes, each known once by its number.</summary>
    private sealed class SetTable(PhraseGraph graph)
    {
        private readonly int[] _seen = new int[graph.NodeCount];
        private readonly List<int> _members = [];
        private readonly List<int> _from = [0];
        private readonly Stack<int> _open = new();
        private readonly List<int> _set = [];
        private int[] _slots = new int[1 << 16];
        private int _round;

        public int Count => _from.Count - 1;

        public ReadOnlySpan<int> Of(int state) => CollectionsMarshal.AsSpan(_members)[_from[state].._from[state + 1]];

        public void Begin()
        {
            _round++;
            _set.Clear();
        }

        /// <summary>Takes the node and all that follow without a unit.</summary>
        public void Close(int node)
        {
            _open.Push(node);
            while (_open.TryPop(out var at))
            {
                if (_seen[at] == _round)
                {
                    continue;
                }

                _seen[at] = _round;
                var counts = graph.Accepts(at) >= 0;
                for (var arc = graph.FirstArc(at); arc >= 0; arc = graph.ArcAt(arc).Next)
                {
                    if (graph.ArcAt(arc).Unit == PhraseGraph.Nothing)
                    {
                        _open.Push(graph.ArcAt(arc).To);
                    }
                    else
                    {
                        counts = true;
                    }
                }

                if (counts)
                {
                    _set.Add(at);
                }
            }
        }

        /// <summary>The number of the set since <see cref="Begin"/>.</summary>
        public int Find()
        {
            var set = CollectionsMarshal.AsSpan(_set);
            set.Sort();
            if ((Count + 1) * 2 > _slots.Length)
            {
                Grow();
            }

            var slot = Hash(set) & (_slots.Length - 1);
            while (_slots[slot] != 0)
            {
                if (Of(_slots[slot] - 1).SequenceEqual(set))
                {
                    return _slots[slot] - 1;
                }

                slot = (slot + 1) & (_slots.Length - 1);
            }

            _members.AddRange(set);
            _from.Add(_members.Count);
            _slots[slot] = Count;
            return Count - 1;
        }

        private void Grow()
        {
            _slots = new int[_slots.Length * 2];
            for (var state = 0; state < Count; state++)
            {
                var slot = Hash(Of(state)) & (_slots.Length - 1);
                while (_slots[slot] != 0)
                {
                    slot = (slot + 1) & (_slots.Length - 1);
                }

                _slots[slot] = state + 1;
            }
        }

        private static int Hash(ReadOnlySpan<int> set)
        {
            var hash = 17u;
            foreach (var node in set)
            {
                hash = (hash ^ (uint)node) * 0x9E3779B1u;
                hash ^= hash >> 15;
            }

            return (int)(hash & int.MaxValue);
        }
    }
}
