using Hotline.Localization;
using Hotline.Text;
using Hotline.Triage.Model;

namespace Hotline.Triage;

/// <summary>What one reading of a message shows: concepts by place. Reused, so one instance belongs to one thread.</summary>
internal sealed class Evidence
{
    /// <summary>No phrase is longer; hits are looked for this much further to the left.</summary>
    private const int LongestPhrase = 100;

    private static readonly int Languages = LanguageTag.All.Count; // a field: asked for each hit and rule

    private readonly List<PhraseHit> _hits = [];

    /// <summary>From so many hits on it pays to know beforehand what stands near each.</summary>
    private const int Dense = 40;

    private const int Block = 64;

    /// <summary>The concepts that begin in each stretch of the text.</summary>
    private readonly List<ConceptSet> _blocks = [];

    public NormalizedText Text { get; } = new();

    /// <summary>By where they begin.</summary>
    public List<PhraseHit> Hits => _hits;

    public ConceptSet Present { get; private set; }

    /// <summary>Which rules spoke on this reading, by number; a negated one as its complement.</summary>
    public List<int> Fired { get; } = [];

    /// <summary>Room for the features of the model.</summary>
    public List<Feature> Features { get; } = [];

    public static int IdOf(int concept, int language) => (concept * Languages) + language;

    public static int ConceptOf(PhraseHit hit) => hit.Id / Languages;

    public static LanguageTag LanguageOf(PhraseHit hit) => LanguageTag.All[LanguageIndex(hit)];

    private static int LanguageIndex(PhraseHit hit) => hit.Id % Languages;

    /// <summary>Finds the phrases of <see cref="Text"/> as it stands.</summary>
    public void Find(PhraseFinder finder)
    {
        _hits.Clear();
        Fired.Clear();
        finder.Find(Text, _hits);
        Present = default;
        foreach (var hit in _hits)
        {
            Present = Present.With(ConceptOf(hit));
        }

        _blocks.Clear();
        for (var at = 0; _hits.Count > Dense && at <= Text.Length; at += Block)
        {
            _blocks.Add(default);
        }

        foreach (var hit in _hits)
        {
            if (_blocks.Count > 0)
            {
                _blocks[hit.Start / Block] = _blocks[hit.Start / Block].With(ConceptOf(hit));
            }
        }
    }

    /// <summary>Each slot of the rule has something that may fill it near the hit; in a text of few hits nobody asks.</summary>
    public bool MayFill(TriageRule rule, int hit)
    {
        if (_blocks.Count == 0)
        {
            return true;
        }

        var near = default(ConceptSet);
        var last = Math.Min((_hits[hit].End + rule.Within) / Block, _blocks.Count - 1);
        for (var block = Math.Max(0, _hits[hit].Start - rule.Within - LongestPhrase) / Block; block <= last; block++)
        {
            near = near.And(_blocks[block]);
        }

        for (var s = 1; s < rule.Slots.Length; s++)
        {
            if (!rule.Slots[s].Meets(near))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Words of two languages belong together only when their scripts keep them apart.</summary>
    public bool GoTogether(PhraseHit one, PhraseHit other) =>
        LanguageIndex(one) == LanguageIndex(other) || IsLatin(one) != IsLatin(other);

    /// <summary>Letters between two places; a Chinese character says twice as much.</summary>
    public int Gap(int from, int to)
    {
        var gap = 0;
        for (var i = from; i < to; i++)
        {
            gap += Text[i] is >= '\u3400' and <= '\u9fff' ? 2 : 1;
        }

        return gap;
    }

    /// <summary>A sentence ends between the two places.</summary>
    public bool IsStopped(int from, int to)
    {
        for (var i = from; i <= to; i++)
        {
            if (Text.HasStopBefore(i))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One of the concepts stands wholly between the two places.</summary>
    public bool StandsBetween(ConceptSet concepts, int from, int to)
    {
        if (!concepts.Meets(Present))
        {
            return false;
        }

        foreach (var hit in Near(from, to))
        {
            if (hit.Start >= from && hit.End <= to && concepts.Has(ConceptOf(hit)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All hits that may touch the stretch of text, and some before it.</summary>
    public ReadOnlySpan<PhraseHit> Near(int from, int to)
    {
        var hits = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_hits);
        var first = FirstFrom(hits, from - LongestPhrase);
        return hits[first..FirstFrom(hits, to + 1)];
    }

    private static int FirstFrom(ReadOnlySpan<PhraseHit> hits, int start)
    {
        var (low, high) = (0, hits.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = hits[middle].Start < start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private bool IsLatin(PhraseHit hit) => PhraseFinder.IsLatin(Text[hit.Start]);
}
