namespace Hotline.Triage.Model;

/// <summary>The places in the text that weighed most for what the model said, best first, none over another.</summary>
internal static class ModelReasons
{
    private const int Most = 4;

    public static IReadOnlyList<(int Start, int End)> Of(TriageModel model, Evidence evidence, bool urgent)
    {
        model.Features.Read(evidence, evidence.Features);
        var found = new List<(int Weight, int Start, int End)>();
        foreach (var feature in evidence.Features)
        {
            var weight = model.WeightOf(feature.Key);
            var counts = urgent ? weight.Urgent : weight.Offer;
            if (counts > 0)
            {
                found.AddRange(PlacesOf(feature, evidence).Select(p => (counts, p.Start, p.End)));
            }
        }

        var places = new List<(int Start, int End)>();
        foreach (var (_, start, end) in found.OrderByDescending(f => f.Weight).ThenBy(f => f.Start).ThenByDescending(f => f.End))
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

    private static IEnumerable<(int Start, int End)> PlacesOf(Feature feature, Evidence evidence) => feature.IsText
        ? [(Math.Max(feature.Start, 0), Math.Min(feature.End, evidence.Text.Length))]
        : feature.Kind == FeatureKind.Rule ? []
        : evidence.Hits.Where(h => Evidence.ConceptOf(h) == feature.Start || Evidence.ConceptOf(h) == feature.End).Select(h => (h.Start, h.End));
}
