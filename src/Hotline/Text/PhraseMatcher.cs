namespace Hotline.Text;

/// <summary>
/// Finds many phrases in one normalised message. Latin phrases are looked for in the text without marks and then compared with
/// what was written, so that a mark may be missing but never a wrong one, and again with words typed wrong mended
/// (<see cref="Spelling"/>); the others as they are.
/// </summary>
public sealed class PhraseMatcher
{
    private readonly Phrase[] _latin;
    private readonly Phrase[] _other;
    private readonly Automaton? _latinWords;
    private readonly Automaton? _otherWords;
    private readonly Spelling _spelling;

    [ThreadStatic]
    private static char[]? _bare;

    [ThreadStatic]
    private static MendedText? _mended;

    public PhraseMatcher(IEnumerable<Phrase> phrases)
    {
        var all = phrases.ToList();
        _latin = [.. all.Where(p => IsLatin(p))];
        _other = [.. all.Where(p => !IsLatin(p))];
        _spelling = new(_latin.Where(p => p.Policy != PhrasePolicy.Not).Select(p => Diacritics.Strip(p.Text)));
        _latinWords = _latin.Length == 0 ? null : new([.. _latin.Select(p => Diacritics.Strip(p.Text.TrimEnd('*')))]);
        _otherWords = _other.Length == 0 ? null : new([.. _other.Select(p => p.Text)]);
    }

    /// <summary>How many phrases it looks for.</summary>
    public int Count => _latin.Length + _other.Length;

    /// <summary>Adds every phrase of <paramref name="text"/> (read for matching) to <paramref name="hits"/>, in no promised order.</summary>
    public void Find(NormalizedText text, List<PhraseHit> hits)
    {
        var span = text.Span;
        var nots = 0;
        var first = hits.Count;
        if (_otherWords is not null && span.ContainsAnyExceptInRange('\0', '\u024f'))
        {
            var words = new WordBreaks(text);
            nots += Run(_otherWords, _other, text, span, span, ref words, hits);
        }

        if (_latinWords is not null && span.ContainsAnyInRange('a', 'z'))
        {
            var bare = _bare is { } kept && kept.Length >= span.Length ? kept : _bare = new char[Math.Max(512, span.Length)];
            Diacritics.Strip(span, bare);
            var words = new WordBreaks(text);
            nots += Run(_latinWords, _latin, text, bare.AsSpan(0, span.Length), span, ref words, hits);
            nots += FindMended(text, bare.AsSpan(0, span.Length), hits);
        }

        if (nots > 0)
        {
            Cancel(hits, first);
        }
    }

    /// <summary>Adds what is only found when words typed wrong are mended.</summary>
    private int FindMended(NormalizedText text, ReadOnlySpan<char> bare, List<PhraseHit> hits)
    {
        var mended = _mended ??= new();
        if (!mended.Read(_spelling, bare, text.Span))
        {
            return 0;
        }

        var first = hits.Count;
        var words = new WordBreaks(text);
        Run(_latinWords!, _latin, text, mended.Bare, mended.Written, ref words, hits); // called only with Latin words
        var nots = 0;
        var to = first;
        for (var i = first; i < hits.Count; i++)
        {
            var hit = hits[i];
            if (mended.IsMended(hit.Start, hit.End))
            {
                var (start, end) = mended.Origin(hit.Start, hit.End);
                hits[to++] = hit with { Start = start, End = end };
                nots += hit.Id < 0 ? 1 : 0;
            }
        }

        hits.RemoveRange(to, hits.Count - to);
        return nots;
    }

    /// <summary>A cancelling word is kept among the hits as the complement of its id until <see cref="Cancel"/>.</summary>
    private static int Run(
        Automaton words, Phrase[] phrases, NormalizedText text, ReadOnlySpan<char> searched, ReadOnlySpan<char> written,
        ref WordBreaks breaks, List<PhraseHit> hits)
    {
        var nots = 0;
        var state = 0;
        for (var i = 0; i < searched.Length; i++)
        {
            state = words.Step(state, searched[i]);
            for (var at = words.Output(state) >= 0 ? state : words.Shorter(state); at != 0; at = words.Shorter(at))
            {
                for (var w = words.Output(at); w >= 0; w = words.Next[w])
                {
                    ref readonly var phrase = ref phrases[w];
                    var open = phrase.Text[^1] == '*';
                    var start = i + 1 - phrase.Text.Length + (open ? 1 : 0);
                    if (Counts(phrase, open, text, written, start, i + 1, ref breaks))
                    {
                        nots += phrase.Policy == PhrasePolicy.Not ? 1 : 0;
                        hits.Add(new(phrase.Policy == PhrasePolicy.Not ? ~phrase.Id : phrase.Id, start, i + 1));
                    }
                }
            }
        }

        return nots;
    }

    private static bool Counts(
        in Phrase phrase, bool open, NormalizedText text, ReadOnlySpan<char> written, int start, int end, ref WordBreaks breaks)
    {
        if (IsLatin(phrase))
        {
            return IsOpen(written, start - 1) && (open || IsOpen(written, end)) && MarksAgree(phrase, written[start..end]);
        }

        if (!ClusterEdges.IsEdge(written, start) || !ClusterEdges.IsEdge(written, end))
        {
            return false;
        }

        return phrase.Policy != PhrasePolicy.Word
            || (breaks.IsBreak(start) && breaks.IsBreak(end));
    }

    /// <summary>No letter or digit of a script with spaces stands there.</summary>
    private static bool IsOpen(ReadOnlySpan<char> text, int at) =>
        at < 0 || at >= text.Length || !char.IsLetterOrDigit(text[at]) || Scripts.IsSpaceless(text[at]);

    private static bool MarksAgree(in Phrase phrase, ReadOnlySpan<char> written)
    {
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] != phrase.Text[i] && (written[i] >= 0x80 || phrase.Policy == PhrasePolicy.Word))
            {
                return false;
            }
        }

        return true;
    }

    private static void Cancel(List<PhraseHit> hits, int first)
    {
        for (var n = first; n < hits.Count; n++)
        {
            if (hits[n].Id >= 0)
            {
                continue;
            }

            var not = hits[n];
            for (var h = first; h < hits.Count; h++)
            {
                if (hits[h].Id >= 0 && hits[h].Start >= not.Start && hits[h].End <= not.End && hits[h].Id == ~not.Id)
                {
                    hits[h] = new(int.MaxValue, 0, 0);
                }
            }
        }

        hits.RemoveAll(static h => h.Id is < 0 or int.MaxValue);
    }

    private static bool IsLatin(Phrase phrase) => phrase.Text[0] < 0x250 || phrase.Text[0] is >= '\u1e00' and <= '\u1eff';
}
