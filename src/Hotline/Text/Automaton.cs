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
        var edges = new Dictionary<(int State, char Unit), int>();
        List<int> outputs = [-1];
        Next = new int[words.Count];
        for (var w = 0; w < words.Count; w++)
        {
            var state = 0;
            foreach (var unit in words[w])
            {
                if (!edges.TryGetValue((state, unit), out var next))
                {
                    next = outputs.Count;
                    edges[(state, unit)] = next;
                    outputs.Add(-1);
                }

                state = next;
            }

            Next[w] = outputs[state];
            outputs[state] = w;
        }

        _output = [.. outputs];
        _fail = new int[_output.Length];
        _shorter = new int[_output.Length];
        var size = 16;
        while (size < edges.Count * 3)
        {
            size *= 2;
        }

        (_keys, _targets, _mask) = (new ulong[size], new int[size], size - 1);
        foreach (var ((state, unit), target) in edges)
        {
            if (state == 0)
            {
                _roots[unit] = target;
            }

            Insert(state, unit, target);
        }

        // states were numbered along each word, not by depth: walk them by depth
        foreach (var ((state, unit), target) in ByDepth(edges))
        {
            var fail = state == 0 ? 0 : Step(_fail[state], unit);
            _fail[target] = fail;
            _shorter[target] = _output[fail] >= 0 ? fail : _shorter[fail];
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

    private static List<KeyValuePair<(int State, char Unit), int>> ByDepth(Dictionary<(int State, char Unit), int> edges)
    {
        var children = edges.ToLookup(e => e.Key.State);
        var ordered = new List<KeyValuePair<(int, char), int>>(edges.Count);
        ordered.AddRange(children[0]);
        for (var i = 0; i < ordered.Count; i++)
        {
            ordered.AddRange(children[ordered[i].Value]);
        }

        return ordered;
    }

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
}
