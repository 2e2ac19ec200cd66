namespace Hotline.Text;

/// <summary>
/// Words by what is left of them without one letter or two, so that words a few edits apart meet under the same number.
/// Numbers may meet by chance: who looks up compares.
/// </summary>
internal sealed class DeletionIndex
{
    private readonly Dictionary<int, int[]> _numbers = [];
    private ulong _lengths;

    public bool HasTwoEdits { get; private set; }

    /// <summary>Some word is about as long.</summary>
    public bool HasLength(int length, int edits) => (_lengths & (((1UL << ((2 * edits) + 1)) - 1) << (length - edits))) != 0;

    public void Add(string word, int number, int edits)
    {
        _lengths |= 1UL << word.Length;
        HasTwoEdits |= edits == 2;
        Put(Hash(word, -1, -1), number);
        for (var i = 1; i < word.Length; i++)
        {
            Put(Hash(word, i, -1), number);
            for (var j = i + 1; edits == 2 && j < word.Length; j++)
            {
                Put(Hash(word, i, j), number);
            }
        }
    }

    /// <summary>Words that meet the part without its letters at the two places (-1 = none left out).</summary>
    public int[] Find(ReadOnlySpan<char> part, int without, int and) => _numbers.GetValueOrDefault(Hash(part, without, and), []);

    private void Put(int hash, int number)
    {
        var old = _numbers.GetValueOrDefault(hash, []);
        if (!old.Contains(number))
        {
            _numbers[hash] = [.. old, number];
        }
    }

    private static int Hash(ReadOnlySpan<char> word, int without, int and)
    {
        var hash = 17;
        for (var i = 0; i < word.Length; i++)
        {
            hash = i == without || i == and ? hash : (hash * 31) + word[i];
        }

        return hash;
    }
}
