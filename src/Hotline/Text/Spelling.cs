namespace Hotline.Text;

/// <summary>
/// The Latin words of the phrases, to be found again in words typed wrong: one edit in words of seven letters and more, two from
/// eleven, and letters drawn out (<c>killll</c>). The first letter must be right, and a word that exists is left as it is.
/// </summary>
internal sealed class Spelling
{
    public const int Shortest = 7;
    private const int TwoEdits = 11;

    /// <summary>Longer words are not mended.</summary>
    public const int Longest = 22;


    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _knownSpans;
    private readonly List<(string Word, bool Open)> _words = [];
    private readonly DeletionIndex _closed = new();
    private readonly DeletionIndex _open = new();

    /// <param name="words">In letters a to z, without marks; a final <c>*</c> lets a word go on.</param>
    public Spelling(IEnumerable<string> words)
    {
        _knownSpans = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var word in words.Distinct().Order(StringComparer.Ordinal))
        {
            var open = word[^1] == '*';
            var letters = open ? word[..^1] : word;
            _known.Add(letters);
            if (letters.Length is >= Shortest and <= Longest)
            {
                _words.Add((letters, open));
                (open ? _open : _closed).Add(letters, _words.Count - 1, EditsOf(letters.Length));
            }
        }
    }

    /// <summary>Puts the words that were meant in the place of those that were typed.</summary>
    /// <returns>Whether any needed it.</returns>
    public bool Mend(NormalizedText text)
    {
        var mended = false;
        Span<char> word = stackalloc char[Longest * 3];
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsAsciiLetterLower(Diacritics.Strip(text[i])))
            {
                i++;
                continue;
            }

            var end = i;
            for (; end < text.Length && Diacritics.Strip(text[end]) is >= 'a' and <= 'z' and var letter; end++)
            {
                word[Math.Min(end - i, word.Length - 1)] = letter;
            }

            if (end - i < word.Length && Meant(word[..(end - i)]) is { } meant)
            {
                text.Replace(i, end, meant);
                end = i + meant.Length;
                mended = true;
            }

            i = end;
        }

        return mended;
    }

    /// <summary>The word of the phrases that was meant, without marks; <c>null</c> when the word is known or like none.</summary>
    public string? Meant(ReadOnlySpan<char> word)
    {
        if (word.Length < 3 || word.Length > Longest * 3)
        {
            return null;
        }

        if (_knownSpans.Contains(word))
        {
            return word.Length is >= Shortest and < Longest && !KnownWords.Contains(word) ? Doubled(word) : null;
        }

        if (IsDrawnOut(word))
        {
            return Shorten(word);
        }

        return word.Length is < Shortest - 1 or > Longest + 8 || KnownWords.Contains(word) ? null : Nearest(word);
    }

    private static int EditsOf(int length) => length >= TwoEdits ? 2 : 1;

    private static bool IsDrawnOut(ReadOnlySpan<char> word)
    {
        for (var i = 2; i < word.Length; i++)
        {
            if (word[i] == word[i - 1] && word[i] == word[i - 2])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Each drawn-out letter once or twice, whichever gives a word: <c>killll</c> is kill, <c>meee</c> is me.</summary>
    private string? Shorten(ReadOnlySpan<char> word)
    {
        Span<char> made = stackalloc char[word.Length];
        for (var doubles = 0; doubles < 8; doubles++)
        {
            var (length, run) = (0, 0);
            for (var i = 0; i < word.Length;)
            {
                var end = i + 1;
                while (end < word.Length && word[end] == word[i])
                {
                    end++;
                }

                var keep = end - i < 3 ? end - i : ((doubles >> Math.Min(run++, 2)) & 1) + 1;
                made.Slice(length, keep).Fill(word[i]);
                length += keep;
                i = end;
            }

            if (_knownSpans.TryGetValue(made[..length], out var found))
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>One language's word may be another's with a letter too few: <c>pasport</c>.</summary>
    private string? Doubled(ReadOnlySpan<char> word)
    {
        Span<char> made = stackalloc char[word.Length + 1];
        for (var i = 1; i < word.Length; i++)
        {
            word[..i].CopyTo(made);
            word[(i - 1)..].CopyTo(made[i..]);
            if (_knownSpans.TryGetValue(made, out var found))
            {
                return found;
            }
        }

        return null;
    }

    private string? Nearest(ReadOnlySpan<char> word)
    {
        var search = new Search { Word = word };
        LookUp(_closed, word, ref search);

        // a beginning that may go on in any way
        for (var length = word.Length; length >= Shortest - 1; length--)
        {
            LookUp(_open, word[..length], ref search);
        }

        return search.Found;
    }

    private void LookUp(DeletionIndex index, ReadOnlySpan<char> part, ref Search search)
    {
        if (!index.HasLength(part.Length, 1) && !(part.Length >= TwoEdits - 2 && index.HasLength(part.Length, 2)))
        {
            return;
        }

        Try(index.Find(part, -1, -1), part, ref search);
        for (var i = 1; i < part.Length; i++)
        {
            Try(index.Find(part, i, -1), part, ref search);
        }

        for (var i = 1; part.Length >= TwoEdits - 2 && index.HasTwoEdits && i < part.Length; i++)
        {
            for (var j = i + 1; j < part.Length; j++)
            {
                Try(index.Find(part, i, j), part, ref search);
            }
        }
    }

    private void Try(int[] candidates, ReadOnlySpan<char> part, ref Search search)
    {
        foreach (var candidate in candidates)
        {
            var (word, open) = _words[candidate];
            var most = Math.Min(EditsOf(word.Length), search.Edits - 1);
            if (word[0] == part[0] && most > 0 && Edits.Within(part, word, most) is { } edits)
            {
                search.Edits = edits;
                search.Found = open ? string.Concat(word, search.Word[part.Length..]) : word;
            }
        }
    }

    private ref struct Search
    {
        public Search()
        {
        }

        public ReadOnlySpan<char> Word { get; init; }

        /// <summary>Of the best word so far; at first one more than any may have.</summary>
        public int Edits { get; set; } = 3;

        public string? Found { get; set; }
    }
}
