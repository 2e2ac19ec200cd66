using Hotline.Text;

namespace Hotline.Triage.Model;

/// <summary>The places in the text that weighed most for what the model said, best first, none over another.</summary>
internal static class ModelReasons
{
    private const int Most = 4;

    /// <summary>A shorter run explains nothing to a reader.</summary>
    private const int Shortest = 3;

    /// <summary>A place is not widened further than this: what goes on without a space is no word.</summary>
    private const int Reach = 24;

    public static IReadOnlyList<(int Start, int End)> Of(TriageModel model, Evidence evidence, bool urgent)
    {
        model.Features.Read(evidence, evidence.Features);
        var found = new Dictionary<(int Start, int End), int>();
        var concepts = new Dictionary<int, int>();
        foreach (var feature in evidence.Features)
        {
            var weight = model.WeightOf(feature.Key);
            var counts = urgent ? weight.Urgent : weight.Offer;
            if (feature.IsText && counts > 0 && PlaceOf(feature, evidence.Text) is { } place)
            {
                found[place] = found.GetValueOrDefault(place) + counts;
            }
            else if (feature.Kind is FeatureKind.Concept or FeatureKind.Pair or FeatureKind.Order)
            {
                concepts[feature.Start] = concepts.GetValueOrDefault(feature.Start) + counts;
                concepts[feature.End] = concepts.GetValueOrDefault(feature.End) + counts;
            }
        }

        foreach (var hit in evidence.Hits)
        {
            if (concepts.GetValueOrDefault(Evidence.ConceptOf(hit)) is > 0 and var counts)
            {
                found[(hit.Start, hit.End)] = found.GetValueOrDefault((hit.Start, hit.End)) + counts;
            }
        }

        var places = new List<(int Start, int End)>();
        foreach (var ((start, end), _) in found.OrderByDescending(f => f.Value).ThenBy(f => f.Key.Start).ThenByDescending(f => f.Key.End))
        {
            if (end > start && places.TrueForAll(p => end <= p.Start || start >= p.End))
            {
                places.Add((start, end));
                if (places.Count == Most)
                {
                    break;
                }
            }
        }

        return places;
    }

    private static (int Start, int End)? PlaceOf(Feature feature, NormalizedText text)
    {
        var (start, end) = (Math.Max(feature.Start, 0), Math.Min(feature.End, text.Length));
        return end - start >= (text[start] is >= '\u3400' and <= '\u9fff' ? Shortest - 1 : Shortest) ? Widened(text, start, end) : null;
    }

    /// <summary>Without spaces at the edges; to whole words, or to whole syllables where no spaces are written.</summary>
    private static (int Start, int End) Widened(NormalizedText text, int start, int end)
    {
        while (start < end && text[start] == ' ')
        {
            start++;
        }

        while (end > start && text[end - 1] == ' ')
        {
            end--;
        }

        var (first, last) = (start - Reach, end + Reach);
        while (start > 0 && start > first && start < end && !IsEdge(text, start))
        {
            start--;
        }

        while (end < text.Length && end < last && end > start && !IsEdge(text, end))
        {
            end++;
        }

        return (start, end);
    }

    private static bool IsEdge(NormalizedText text, int at) => PhraseFinder.IsLatin(text[at])
        ? text[at] == ' ' || text[at - 1] == ' ' || Scripts.IsSpaceless(text[at - 1])
        : ClusterEdges.IsEdge(text.Span, at);
}
