using Hotline.Text;

namespace Hotline.Triage.Model;

/// <summary>
/// The features of one reading of a message: runs of one to five units with the edges of words, whole words and two words
/// together (scripts with spaces), concepts and pairs of concepts.
/// </summary>
internal sealed class ModelFeatures
{
    /// <summary>A Latin run.</summary>
    public const int LongestRun = 5;

    /// <summary>A run of Chinese characters.</summary>
    public const int LongestHan = 3;

    /// <summary>More concepts than these in one message tell nothing more; the first ones of the list count.</summary>
    private const int MaxConcepts = 24;

    /// <summary>A longer text is weighed by its beginning.</summary>
    private const int Longest = 1200;

    /// <summary>Concepts follow each other within so many letters.</summary>
    private const int OrderReach = 12;

    /// <summary>Only the first hits are looked at for their order: a flood of words says nothing new.</summary>
    private const int MostOrdered = 120;

    private readonly string[] _names;
    private readonly ulong[] _concepts;
    private readonly ulong[] _rules;
    private readonly ulong[] _negatedRules;
    private readonly string[] _ruleNames;

    /// <param name="concepts">The names of all concepts, by number.</param>
    /// <param name="silent">Concepts that say nothing here.</param>
    public ModelFeatures(IReadOnlyList<string> concepts, ConceptSet silent, IReadOnlyList<string> rules)
    {
        _ruleNames = [.. rules];
        _rules = [.. rules.Select(r => FeatureHash.Of(FeatureKind.Rule, r))];
        _negatedRules = [.. rules.Select(r => FeatureHash.Of(FeatureKind.Rule, "not " + r))];
        _names = [.. concepts];
        Silent = silent;
        _concepts = [.. _names.Select(n => FeatureHash.Of(FeatureKind.Concept, n))];
    }

    public ConceptSet Silent { get; }

    public string NameOf(int concept) => _names[concept];

    public string Readable(Feature feature) => feature.Kind switch
    {
        FeatureKind.Rule => feature.End == 0 ? _ruleNames[feature.Start] : "not " + _ruleNames[feature.Start],
        FeatureKind.Order => $"{_names[feature.Start]}>{_names[feature.End]}",
        FeatureKind.Concept => _names[feature.Start],
        _ => string.CompareOrdinal(_names[feature.Start], _names[feature.End]) <= 0
            ? $"{_names[feature.Start]}+{_names[feature.End]}" : $"{_names[feature.End]}+{_names[feature.Start]}",
    };

    /// <summary>Puts every feature of the evidence into the list, which is cleared first; returns how many runs and words there are.</summary>
    public int Read(Evidence evidence, List<Feature> into)
    {
        into.Clear();
        var text = evidence.Text.Span;
        text = text.Length > Longest ? text[..Longest] : text;
        Runs(text, into);
        Words(text, into);
        var count = into.Count;
        Concepts(evidence, into);
        Rules(evidence, into);
        Order(evidence, into);
        return count;
    }

    private static void Runs(ReadOnlySpan<char> text, List<Feature> into)
    {
        for (var start = -1; start < text.Length; start++)
        {
            var first = UnitAt(text, start);
            var longest = first is >= '\u3400' and <= '\u9fff' ? LongestHan : LongestRun;
            var hash = FeatureHash.Begin(FeatureKind.Run);
            for (var end = start; end < start + longest && end <= text.Length; end++)
            {
                var unit = UnitAt(text, end);
                hash = FeatureHash.Add(hash, unit);
                if (end > start || unit >= '\u0e00')
                {
                    into.Add(new(hash, FeatureKind.Run, start, end + 1));
                }
            }
        }
    }

    /// <summary>Edges count as spaces, digits are alike, Latin letters lose their marks.</summary>
    public static char UnitAt(ReadOnlySpan<char> text, int at)
    {
        if (at < 0 || at >= text.Length || text[at] == ' ')
        {
            return '_';
        }

        return char.IsAsciiDigit(text[at]) ? '0' : Diacritics.Strip(text[at]);
    }

    private static void Words(ReadOnlySpan<char> text, List<Feature> into)
    {
        var before = -1;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == ' ' || !PhraseFinder.IsLatin(text[i]))
            {
                before = text[i] == ' ' ? before : -1;
                i++;
                continue;
            }

            var start = i;
            var hash = FeatureHash.Begin(FeatureKind.Word);
            while (i < text.Length && text[i] != ' ' && PhraseFinder.IsLatin(text[i]))
            {
                hash = FeatureHash.Add(hash, WordUnit(text[i++]));
            }

            into.Add(new(hash, FeatureKind.Word, start, i));
            if (before >= 0)
            {
                hash = FeatureHash.Begin(FeatureKind.Word);
                for (var at = before; at < i; at++)
                {
                    hash = FeatureHash.Add(hash, WordUnit(text[at]));
                }

                into.Add(new(hash, FeatureKind.Word, before, i));
            }

            before = start;
        }
    }

    public static char WordUnit(char unit) => unit == ' ' ? '_' : char.IsAsciiDigit(unit) ? '0' : unit;

    private void Rules(Evidence evidence, List<Feature> into)
    {
        foreach (var fired in evidence.Fired)
        {
            into.Add(fired >= 0 ? new(_rules[fired], FeatureKind.Rule, fired, 0) : new(_negatedRules[~fired], FeatureKind.Rule, ~fired, 1));
        }
    }

    private void Order(Evidence evidence, List<Feature> into)
    {
        var hits = evidence.Hits;
        for (var i = 0; i < Math.Min(hits.Count, MostOrdered); i++)
        {
            var one = Evidence.ConceptOf(hits[i]);
            if (Silent.Has(one))
            {
                continue;
            }

            for (var j = i + 1; j < hits.Count && hits[j].Start <= hits[i].End + OrderReach; j++)
            {
                var other = Evidence.ConceptOf(hits[j]);
                if (hits[j].Start >= hits[i].End && other != one && !Silent.Has(other))
                {
                    into.Add(new(FeatureHash.OfTwo(FeatureKind.Order, _concepts[one], _concepts[other]), FeatureKind.Order, one, other));
                }
            }
        }
    }

    private void Concepts(Evidence evidence, List<Feature> into)
    {
        Span<int> found = stackalloc int[MaxConcepts];
        var count = 0;
        for (var concept = 0; concept < _names.Length && count < MaxConcepts; concept++)
        {
            if (evidence.Present.Has(concept) && !Silent.Has(concept))
            {
                found[count++] = concept;
            }
        }

        for (var i = 0; i < count; i++)
        {
            into.Add(new(_concepts[found[i]], FeatureKind.Concept, found[i], -1));
            for (var j = i + 1; j < count; j++)
            {
                into.Add(new(FeatureHash.OfTwo(FeatureKind.Pair, _concepts[found[i]], _concepts[found[j]]), FeatureKind.Pair, found[i], found[j]));
            }
        }
    }
}
