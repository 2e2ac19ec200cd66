using System.Security.Cryptography;
using System.Text;

namespace Hotline.Triage.Model;

/// <summary>
/// Trains the model from labelled messages, and judges it on messages that it has not seen: the messages are dealt into folds
/// by their hash, and each fold is scored by a model of the others. The thresholds come from those scores.
/// </summary>
public sealed class ModelTrainer
{
    /// <summary>Runs and words that fewer messages hold are chance.</summary>
    private const int FewestMessages = 2;

    private const int MostFeatures = 80_000;

    private readonly TriageRules _rules;
    private readonly IReadOnlyList<TrainingText> _texts;
    private readonly FeatureTable _table = new();
    private readonly List<TrainingVector> _vectors = [];
    private readonly List<int> _ofText = [];
    private readonly List<double> _share = [];
    private readonly int[] _folds;
    private readonly TriageAssessment[] _withoutModel;
    private readonly TriageAssessment[] _sureOnly;

    public ModelTrainer(TriageRules rules, IReadOnlyList<TrainingText> texts, int folds)
    {
        _rules = rules.With(null);
        _texts = texts;
        _folds = [.. texts.Select(t => SHA256.HashData(Encoding.UTF8.GetBytes(t.Text))[1] % folds)];
        Folds = folds;
        _withoutModel = [.. texts.Select(t => _rules.Assess(t.Text))];
        var silent = _rules.With(new TriageModel(_rules.Features, [], new ModelWeight[ModelScripts.Count], [.. Enumerable.Repeat(ModelThreshold.Silent, ModelScripts.Count)]));
        _sureOnly = [.. texts.Select(t => silent.Assess(t.Text))];
        var reader = new VectorReader(_rules, _table);
        for (var i = 0; i < texts.Count; i++)
        {
            Add(i, texts[i].Text, 1, reader);
            foreach (var other in Mistyping.Of(texts[i].Text))
            {
                Add(i, other, TrainingCosts.Mistyped, reader);
            }
        }
    }

    public int Folds { get; }

    /// <summary>What triage says of each text when the model has not seen it.</summary>
    public IReadOnlyList<TriageAssessment> Judge()
    {
        var scores = OutOfFold();
        var judged = new TriageAssessment[_texts.Count];
        for (var fold = 0; fold < Folds; fold++)
        {
            // thresholds from the other folds' scores: nothing of this fold has a say
            var others = Enumerable.Range(0, _texts.Count).Where(i => _folds[i] != fold).ToList();
            var rules = _rules.With(scores.Models[fold].With(Thresholds(others, scores.Of)));
            foreach (var i in Enumerable.Range(0, _texts.Count).Where(i => _folds[i] == fold))
            {
                judged[i] = rules.Assess(_texts[i].Text);
            }
        }

        return judged;
    }

    /// <summary>The model as the text of its file.</summary>
    public string Train()
    {
        var scores = OutOfFold();
        var thresholds = Thresholds([.. Enumerable.Range(0, _texts.Count)], scores.Of);
        return ModelFile.Write(Fit(-1).Select(w => (_table[w.Feature].Kind, _table[w.Feature].Text, w.Weight)), thresholds);
    }

    private void Add(int text, string message, double share, VectorReader reader)
    {
        var before = _vectors.Count;
        _vectors.AddRange(reader.Read(message));
        for (var v = before; v < _vectors.Count; v++)
        {
            _ofText.Add(text);
            _share.Add(share / (_vectors.Count - before));
            if (v == before && share == 1)
            {
                foreach (var feature in _vectors[v].Features)
                {
                    _table.CountMessage(feature);
                }
            }
        }
    }

    private (IReadOnlyList<ModelScore> Of, IReadOnlyList<TriageModel> Models) OutOfFold()
    {
        var scores = new ModelScore[_texts.Count];
        var models = new List<TriageModel>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var model = ModelOf(Fit(fold));
            models.Add(model);
            var evidence = new Evidence();
            for (var i = 0; i < _texts.Count; i++)
            {
                if (_folds[i] == fold && _rules.Readings(_texts[i].Text, evidence).Any(r => r.IsBest))
                {
                    _rules.Judge(evidence);
                    scores[i] = model.Score(evidence);
                }
            }
        }

        return (scores, models);
    }

    /// <summary>Weights learnt from all folds but one (-1: from all), as whole numbers, the light ones left out.</summary>
    private List<(int Feature, ModelWeight Weight)> Fit(int without)
    {
        var offer = LinearTrainer.Train(
            _vectors, [.. _ofText.Select(t => _texts[t].Level >= TriageLevel.R2)], Costs(without, TrainingCosts.Offer), _table.Count);
        var urgent = LinearTrainer.Train(
            _vectors, [.. _ofText.Select(t => _texts[t].Level >= TriageLevel.R1)], Costs(without, TrainingCosts.Urgent), _table.Count);
        var weights = new List<(int Feature, ModelWeight Weight)>();
        for (var f = 0; f < _table.Count; f++)
        {
            var kind = _table[f].Kind;
            var scale = TriageModel.Scale * VectorReader.ValueOf(kind) * VectorReader.ShareOf(kind, _table[f].Text.Length);
            var weight = new ModelWeight((int)Math.Round(offer[f] * scale), (int)Math.Round(urgent[f] * scale));
            if (kind == FeatureKind.Script || (weight != default && _table.MessagesWith(f) >= FewestMessages))
            {
                weights.Add((f, weight));
            }
        }

        return [.. weights.OrderByDescending(w => Importance(w)).ThenBy(w => _table[w.Feature].Key).Take(MostFeatures)];
    }

    private double Importance((int Feature, ModelWeight Weight) w) => _table[w.Feature].Kind switch
    {
        FeatureKind.Script => double.MaxValue,
        _ => Math.Max(Math.Abs(w.Weight.Offer), Math.Abs(w.Weight.Urgent)) * Math.Sqrt(_table.MessagesWith(w.Feature)),
    };

    private double[] Costs(int without, Func<TrainingText, double> cost) =>
        [.. _ofText.Select((t, v) => _folds[t] == without ? 0 : cost(_texts[t]) * _share[v])];

    private TriageModel ModelOf(List<(int Feature, ModelWeight Weight)> weights)
    {
        var scripts = new ModelWeight[ModelScripts.Count];
        var kept = new List<KeyValuePair<ulong, ModelWeight>>();
        foreach (var (feature, weight) in weights)
        {
            if (_table[feature].Kind == FeatureKind.Script)
            {
                scripts[(int)Enum.Parse<ModelScript>(_table[feature].Text)] = weight;
            }
            else
            {
                kept.Add(KeyValuePair.Create(_table[feature].Key, weight));
            }
        }

        return new(_rules.Features, kept, scripts, [.. Enumerable.Repeat(ModelThreshold.Never, ModelScripts.Count)]);
    }

    /// <summary>
    /// Where the model has a say: the highest cut that leaves so many of those in danger with a human, first for messages
    /// without any rule, then for those with unsure rules alone.
    /// </summary>
    private ModelThreshold[] Thresholds(IReadOnlyList<int> texts, IReadOnlyList<ModelScore> scores)
    {
        var thresholds = new ModelThreshold[ModelScripts.Count];
        for (var s = 0; s < thresholds.Length; s++)
        {
            // examples too: the labelled texts alone are too easy, because whoever wrote the words has seen which of them were missed
            var here = texts.Where(i => (int)scores[i].Script == s).ToList();
            thresholds[s] = ThresholdChoice.Of([.. here.Select(i => new ThresholdChoice.Scored(_texts[i], scores[i], _withoutModel[i].Level, _sureOnly[i].Level))]);
        }

        return thresholds;
    }
}
