namespace Hotline.Text;

/// <summary>
/// Aho-Corasick over UTF-16 units: finds every one of many words in one pass. Edges stand in one open hash table, so memory
/// grows with the words and not with the alphabet.
/// </summary>
internal sealed class Automaton
{
    private readonly ulong[] _keys;
    private readonly int[] _targets;
    private readonly int _mask;
    private readonly int[] _fail;
    private readonly int[] _output;
    private readonly int[] _shorter;
    private readonly int[] _roots = new int[0x10000];

    /// <param name="words">Not empty; the same word may stand twice.</param>
    public Automaton(IReadOnlyList<string> words)
    {
        // one long list of words in order shares its beginnings with the word before: no table of edges is needed to build
        var order = Enumerable.Range(0, words.Count).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(words[a], words[b]));
        List<int> outputs = [-1];
        List<Edge> edges = [];
        List<int> path = [0];
        Next = new int[words.Count];
        var before = "";
        foreach (var w in order)
        {
            var word = words[w];
            var shared = before.AsSpan().CommonPrefixLength(word);
            path.RemoveRange(shared + 1, path.Count - shared - 1);
            for (var i = shared; i < word.Length; i++)
            {
                edges.Add(new(path[^1], word[i], outputs.Count, i));
                path.Add(outputs.Count);
                outputs.Add(-1);
            }

            Next[w] = outputs[path[^1]];
            outputs[path[^1]] = w;
            before = word;
        }

        _output = [.. outputs];
        _fail = new int[_output.Length];
        _shorter = new int[_output.Length];
        var size = 16;
        while (size < edges.Count * 2)
        {
            size *= 2;
        }

        (_keys, _targets, _mask) = (new ulong[size], new int[size], size - 1);
        foreach (var edge in edges)
        {
            if (edge.From == 0)
            {
                _roots[edge.Unit] = edge.To;
            }

            Insert(edge.From, edge.Unit, edge.To);
        }

        // a state's fallback is shallower than itself
        edges.Sort(static (a, b) => a.Depth - b.Depth);
        foreach (var edge in edges)
        {
            var fail = edge.From == 0 ? 0 : Step(_fail[edge.From], edge.Unit);
            _fail[edge.To] = fail;
            _shorter[edge.To] = _output[fail] >= 0 ? fail : _shorter[fail];
        }
    }

    /// <summary>The next word that ends in the same state, or -1.</summary>
    public int[] Next { get; }

    public int Step(int state, char unit)
    {
        while (state != 0)
        {
            var next = Find(state, unit);
            if (next != 0)
            {
                return next;
            }

            state = _fail[state];
        }

        return _roots[unit];
    }

    /// <summary>The first word that ends here, or -1; go on with <see cref="Next"/>.</summary>
    public int Output(int state) => _output[state];

    /// <summary>The state of the next shorter word that ends here too, 0 when none.</summary>
    public int Shorter(int state) => _shorter[state];

    private void Insert(int state, char unit, int target)
    {
        var key = ((ulong)state << 16) | unit;
        var slot = Slot(key);
        while (_targets[slot] != 0)
        {
            slot = (slot + 1) & _mask;
        }

        (_keys[slot], _targets[slot]) = (key, target);
    }

    private int Find(int state, char unit)
    {
        var key = ((ulong)state << 16) | unit;
        for (var slot = Slot(key); _targets[slot] != 0; slot = (slot + 1) & _mask)
        {
            if (_keys[slot] == key)
            {
                return _targets[slot];
            }
        }

        return 0;
    }

    private int Slot(ulong key) => (int)((key * 0x9E3779B97F4A7C15UL) >> 40) & _mask;

    private readonly record struct Edge(int From, char Unit, int To, int Depth);
}
