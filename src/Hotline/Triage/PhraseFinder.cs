using Hotline.Text;

namespace Hotline.Triage;

/// <summary>Finds the phrases of all languages in one normalised message, by one walk from each place where a word may begin.</summary>
internal sealed class PhraseFinder(PhraseAutomaton automaton)
{
    /// <summary>A phrase of this length may stand anywhere in a script without spaces; a shorter one must be a word.</summary>
    private const int LongEnough = 5;

    /// <summary>The words of the phrases, for those who type them wrong.</summary>
    public Spelling Spelling { get; } = new(automaton.LatinWords());

    /// <summary>Adds every phrase of <paramref name="text"/> (read for matching) to <paramref name="hits"/>, by where it begins.</summary>
    public void Find(NormalizedText text, List<PhraseHit> hits)
    {
        var span = text.Span;
        var words = new WordBreaks(text);
        var first = hits.Count;
        var nots = 0;
        for (var start = 0; start < span.Length; start++)
        {
            var state = automaton.First(span[start]);
            if (state == 0)
            {
                continue;
            }

            var latin = IsLatin(span[start]);
            if (latin ? !IsOpen(span, start - 1) : !ClusterEdges.IsEdge(span, start))
            {
                continue;
            }

            for (var end = start + 1; ; end++)
            {
                var accepts = automaton.Accepts(state);
                for (var a = 0; a < accepts.Length; a++)
                {
                    if (Counts(accepts[a], latin, span, start, end, ref words))
                    {
                        var not = accepts[a].Sign == '!';
                        nots += not ? 1 : 0;
                        hits.Add(new(not ? ~accepts[a].Id : accepts[a].Id, start, end));
                    }
                }

                if (end == span.Length || (state = automaton.Step(state, span[end])) == 0)
                {
                    break;
                }
            }
        }

        if (nots > 0)
        {
            Cancel(hits, first);
        }
    }

    private static bool Counts(PhraseEntry entry, bool latin, ReadOnlySpan<char> text, int start, int end, ref WordBreaks words)
    {
        if (latin)
        {
            return entry.Open || IsOpen(text, end);
        }

        if (!ClusterEdges.IsEdge(text, end))
        {
            return false;
        }

        var word = entry.Sign switch
        {
            '=' => true,
            '~' or '!' => false,
            _ => text[start] is not (>= '\u3400' and <= '\u9fff') && end - start < LongEnough,
        };
        return !word || (words.IsBreak(start) && words.IsBreak(end));
    }

    /// <summary>No letter or digit of a script with spaces stands there.</summary>
    private static bool IsOpen(ReadOnlySpan<char> text, int at) =>
        at < 0 || at >= text.Length || !char.IsLetterOrDigit(text[at]) || Scripts.IsSpaceless(text[at]);

    internal static bool IsLatin(char c) => c < 0x250 || c is >= '\u1e00' and <= '\u1eff';

    /// <summary>A cancelling word is kept among the hits as the complement of its id until here.</summary>
    private static void Cancel(List<PhraseHit> hits, int first)
    {
        for (var n = first; n < hits.Count; n++)
        {
            if (hits[n].Id >= 0)
            {
                continue;
            }

            // hits stand by their start: those inside follow, or begin at the same place
            var not = hits[n];
            var h = n;
            while (h > first && hits[h - 1].Start == not.Start)
            {
                h--;
            }

            for (; h < hits.Count && hits[h].Start < not.End; h++)
            {
                if (hits[h].Id == ~not.Id && hits[h].End <= not.End)
                {
                    hits[h] = hits[h] with { Id = int.MaxValue };
                }
            }
        }

        hits.RemoveAll(static h => h.Id is < 0 or int.MaxValue);
    }
}
