using System.Runtime.InteropServices;

namespace Hotline.Triage.Model;

/// <summary>
/// The trained weights: how much each feature of a message speaks for danger. It may only raise a level: to R2 over the first
/// threshold, from R2 to R1 over the second. Immutable, and nothing is allocated to weigh a message.
/// </summary>
public sealed class TriageModel
{
    /// <summary>Fewer letters than this are no message to judge; a Chinese character counts two.</summary>
    private const int Fewest = 8;

    /// <summary>Weights in the file are whole numbers: thousandths.</summary>
    internal const double Scale = 1000;

    private readonly ulong[] _keys;
    private readonly int[] _offer;
    private readonly int[] _urgent;
    private readonly int _mask;
    private readonly ModelThreshold[] _thresholds;
    private readonly ModelWeight[] _scripts;

    internal TriageModel(ModelFeatures features, IReadOnlyCollection<KeyValuePair<ulong, ModelWeight>> weights, ModelWeight[] scripts, ModelThreshold[] thresholds)
    {
        Features = features;
        (_scripts, _thresholds) = (scripts, thresholds);
        var size = 16;
        while (size < weights.Count * 2)
        {
            size *= 2;
        }

        (_keys, _offer, _urgent, _mask) = (new ulong[size], new int[size], new int[size], size - 1);
        foreach (var (key, weight) in weights)
        {
            var slot = Slot(key);
            while (_keys[slot] != 0)
            {
                slot = (slot + 1) & _mask;
            }

            (_keys[slot], _offer[slot], _urgent[slot]) = (key, weight.Offer, weight.Urgent);
        }
    }

    private TriageModel(TriageModel other, ModelThreshold[] thresholds)
    {
        (_keys, _offer, _urgent, _mask, _scripts, Features) = (other._keys, other._offer, other._urgent, other._mask, other._scripts, other.Features);
        _thresholds = thresholds;
    }

    internal ModelFeatures Features { get; }

    internal TriageModel With(ModelThreshold[] thresholds) => new(this, thresholds);

    internal ModelThreshold ThresholdOf(ModelScript script) => _thresholds[(int)script];

    internal ModelWeight WeightOf(ulong key)
    {
        for (var slot = Slot(key); _keys[slot] != 0; slot = (slot + 1) & _mask)
        {
            if (_keys[slot] == key)
            {
                return new(_offer[slot], _urgent[slot]);
            }
        }

        return default;
    }

    /// <summary>Weighs one reading; a text with too little in it weighs nothing.</summary>
    internal ModelScore Score(Evidence evidence)
    {
        var script = ModelScripts.Of(evidence.Text.Span);
        var count = Features.Read(evidence, evidence.Features);
        if (!IsEnough(evidence.Text.Span))
        {
            return new(script, double.NegativeInfinity, double.NegativeInfinity);
        }

        long offer = 0, urgent = 0, conceptsOffer = 0, conceptsUrgent = 0;
        var features = CollectionsMarshal.AsSpan(evidence.Features);
        foreach (ref readonly var feature in features[..count])
        {
            var weight = WeightOf(feature.Key);
            offer += weight.Offer;
            urgent += weight.Urgent;
        }

        foreach (ref readonly var feature in features[count..])
        {
            var weight = WeightOf(feature.Key);
            conceptsOffer += weight.Offer;
            conceptsUrgent += weight.Urgent;
        }

        var root = Math.Sqrt(count);
        var bias = _scripts[(int)script];
        return new(
            script,
            ((offer / root) + conceptsOffer + bias.Offer) / Scale,
            ((urgent / root) + conceptsUrgent + bias.Urgent) / Scale);
    }

    internal static bool IsEnough(ReadOnlySpan<char> text)
    {
        var letters = 0;
        foreach (var unit in text)
        {
            letters += unit == ' ' || char.IsAsciiDigit(unit) ? 0 : unit is >= '\u3400' and <= '\u9fff' ? 2 : 1;
        }

        return letters >= Fewest;
    }

    private int Slot(ulong key) => (int)((key ^ (key >> 29)) & (uint)_mask);
}

/// <summary>What one feature says for offering a human, and for urgency, in thousandths.</summary>
internal readonly record struct ModelWeight(int Offer, int Urgent);

/// <summary>From where on the model agrees with an unsure rule, offers a human by itself, and calls it urgent.</summary>
internal readonly record struct ModelThreshold(double Agree, double Offer, double Urgent)
{
    public static ModelThreshold Never { get; } = new(double.NegativeInfinity, double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>Not even unsure rules speak.</summary>
    public static ModelThreshold Silent { get; } = new(double.PositiveInfinity, double.PositiveInfinity, double.PositiveInfinity);
}

/// <summary>What the model makes of one reading.</summary>
internal readonly record struct ModelScore(ModelScript Script, double Offer, double Urgent);
