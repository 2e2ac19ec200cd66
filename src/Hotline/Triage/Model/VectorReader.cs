namespace Hotline.Triage.Model;

/// <summary>Makes the vectors of messages from their best reading, and numbers the features.</summary>
internal sealed class VectorReader(TriageRules rules, FeatureTable table)
{
    /// <summary>How much one concept, or one pair of concepts, counts beside all runs and words together, which count 1.</summary>
    public const double ConceptValue = 0.35;
    public const double PairValue = 0.18;

    /// <summary>The script as a feature is where a general leaning of its messages goes.</summary>
    public const double ScriptValue = 0.6;

    public const double RuleValue = 0.5;
    public const double OrderValue = 0.2;

    private readonly Evidence _evidence = new();

    /// <summary>Short runs stand everywhere and say less.</summary>
    public static double ShareOf(FeatureKind kind, int length) => kind switch
    {
        FeatureKind.Run when length == 1 => 0.3,
        FeatureKind.Run when length == 2 => 0.5,
        FeatureKind.Run when length == 3 => 0.8,
        _ => 1,
    };

    public static double ValueOf(FeatureKind kind) => kind switch
    {
        FeatureKind.Concept => ConceptValue,
        FeatureKind.Pair => PairValue,
        FeatureKind.Rule => RuleValue,
        FeatureKind.Order => OrderValue,
        FeatureKind.Script => ScriptValue,
        _ => 1,
    };

    /// <summary>With all features, and if there are concepts also without them, so that the letters learn what concepts know; none when too little is left.</summary>
    public IReadOnlyList<TrainingVector> Read(string message)
    {
        foreach (var reading in rules.Readings(message, _evidence))
        {
            if (reading.IsBest)
            {
                rules.Judge(_evidence);
                return Read();
            }
        }

        return [];
    }

    private TrainingVector[] Read()
    {
        var features = _evidence.Features;
        var count = rules.Features.Read(_evidence, features);
        if (!TriageModel.IsEnough(_evidence.Text.Span))
        {
            return [];
        }

        var script = ModelScripts.Of(_evidence.Text.Span);
        var root = Math.Sqrt(count);
        var texts = new SortedDictionary<int, double>();
        foreach (var feature in features.Take(count))
        {
            var number = table.NumberOf(feature, Readable);
            texts[number] = texts.GetValueOrDefault(number) + (ShareOf(feature.Kind, feature.End - feature.Start) / root);
        }

        texts[table.NumberOf(new(FeatureHash.Of(FeatureKind.Script, script.ToString()), FeatureKind.Script, 0, 0), _ => script.ToString())] = ScriptValue;
        var without = new TrainingVector([.. texts.Keys], [.. texts.Values], script);
        if (features.Count == count)
        {
            return [without];
        }

        foreach (var feature in features.Skip(count))
        {
            var number = table.NumberOf(feature, Readable);
            texts[number] = texts.GetValueOrDefault(number) + ValueOf(feature.Kind);
        }

        return [new([.. texts.Keys], [.. texts.Values], script), without];
    }

    private string Readable(Feature feature)
    {
        if (!feature.IsText)
        {
            return rules.Features.Readable(feature);
        }

        Span<char> units = stackalloc char[feature.End - feature.Start];
        for (var i = feature.Start; i < feature.End; i++)
        {
            units[i - feature.Start] = feature.Kind == FeatureKind.Run
                ? ModelFeatures.UnitAt(_evidence.Text.Span, i)
                : ModelFeatures.WordUnit(_evidence.Text[i]);
        }

        return units.ToString();
    }
}
