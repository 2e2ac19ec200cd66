using Hotline.Sources;
using Hotline.Text;
using Hotline.Triage.Model;

namespace Hotline.Triage;

/// <summary>The compiled rules and phrases of <c>dialogs/triage</c>, all languages at once. Thread-safe, total on any text.</summary>
public sealed class TriageRules
{
    /// <summary>A longer message is matched on its beginning and its end.</summary>
    private const int Whole = 4000;
    private const int Head = 3000;
    private const int Tail = 1000;

    private readonly PhraseFinder _finder;
    private readonly TriageRule[] _rules;
    private readonly TriageModifiers _modifiers;

    [ThreadStatic]
    private static Evidence? _evidence;

    internal TriageRules(PhraseFinder finder, long forms, IEnumerable<TriageRule> rules, TriageModifiers modifiers, ModelFeatures features)
    {
        _finder = finder;
        PhraseCount = forms;
        _rules = [.. rules];
        _modifiers = modifiers;
        Features = features;
    }

    private TriageRules(TriageRules other, TriageModel? model)
    {
        (_finder, PhraseCount, _rules, _modifiers, Features) = (other._finder, other.PhraseCount, other._rules, other._modifiers, other.Features);
        Model = model;
    }

    public static TriageRules Empty { get; } = new(new(new(new())), 0, [], TriageModifiers.None, new([], default, []));

    /// <summary>The statistical model beside the rules; it only raises.</summary>
    public TriageModel? Model { get; }

    internal ModelFeatures Features { get; }

    /// <summary>Runs the rules alone on the reading that stands in the evidence.</summary>
    internal void Judge(Evidence evidence) => new Finding(_rules, _modifiers, evidence).Judge(null);

    /// <summary>How many forms of phrases are looked for in each message.</summary>
    public long PhraseCount { get; }

    /// <summary>
    /// Reads and compiles <c>dialogs/triage/rules.yaml</c> and the files beside it; every fault goes to the bag.
    /// The lone pleas come from <paramref name="words"/>.
    /// </summary>
    public static TriageRules Read(IReadOnlyList<SourceText> files, Words words, DiagnosticBag bag) =>
        new TriageReader(bag).Read(files, words);

    /// <summary>Assesses one message as written. Pure; the same text gives the same answer.</summary>
    public TriageAssessment Assess(string message)
    {
        if (message.Length > Whole)
        {
            return AssessEnds(message);
        }

        var evidence = _evidence ??= new();
        var finding = new Finding(_rules, _modifiers, evidence);
        foreach (var reading in Readings(message, evidence))
        {
            finding.Judge(reading.Zawgyi);
            if (reading.IsBest && Model is not null)
            {
                finding.Weigh(Model, reading.Zawgyi);
            }
        }

        return finding.Assessment();
    }

    /// <summary>The same rules with another model, or none.</summary>
    public TriageRules With(TriageModel? model) => new(this, model);

    /// <summary>Every reading of the message, one after the other in the evidence: as written, with Latin words typed wrong mended, with drawn-out letters shortened, and as Zawgyi.</summary>
    internal IEnumerable<Reading> Readings(string message, Evidence evidence)
    {
        var isZawgyi = Zawgyi.IsShown(message);
        TextNormalizer.Read(message, matching: true, evidence.Text);
        evidence.Find(_finder);
        var drawnOut = Elongation.IsDrawnOut(evidence.Text.Span);
        yield return new(null, !drawnOut && !isZawgyi);
        if (_finder.Spelling.Mend(evidence.Text))
        {
            var wasDrawnOut = drawnOut;
            drawnOut = wasDrawnOut && Elongation.IsDrawnOut(evidence.Text.Span);
            evidence.Find(_finder);
            yield return new(null, wasDrawnOut && !drawnOut && !isZawgyi);
        }

        for (var keep = 2; drawnOut && keep >= 1; keep--)
        {
            TextNormalizer.Read(message, matching: true, evidence.Text);
            Elongation.Squeeze(evidence.Text, keep);
            evidence.Find(_finder);
            yield return new(null, keep == 1 && !isZawgyi);
        }

        if (!Zawgyi.IsPossible(message))
        {
            yield break;
        }

        var converted = Zawgyi.ToUnicode(message);
        if (isZawgyi || !string.Equals(converted, message, StringComparison.Ordinal))
        {
            TextNormalizer.Read(converted, matching: true, evidence.Text);
            evidence.Find(_finder);
            yield return new(new(message, converted), isZawgyi);
        }
    }

    private TriageAssessment AssessEnds(string message)
    {
        var head = char.IsHighSurrogate(message[Head - 1]) ? Head - 1 : Head;
        var tail = char.IsLowSurrogate(message[^Tail]) ? message.Length - Tail + 1 : message.Length - Tail;
        var first = Assess(message[..head]);
        var last = Assess(message[tail..]);
        return new(
            first.Level > last.Level ? first.Level : last.Level,
            [.. first.Indicators.Union(last.Indicators).Order(StringComparer.Ordinal)],
            [.. first.Hits, .. last.Hits.Select(h => h with { Start = h.Start + tail })],
            LonePlea: false,
            first.Other || last.Other);
    }
}
