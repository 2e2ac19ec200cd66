using Hotline.Localization;
using Hotline.Text;
using Hotline.Triage.Model;

namespace Hotline.Triage;

/// <summary>Collects what the rules say over all readings of one message.</summary>
internal sealed class Finding(TriageRule[] rules, TriageModifiers modifiers, Evidence evidence)
{
    public const string LonePleaRule = "lone_plea";
    public const string ModelRule = "model";

    /// <summary>Somebody else named within so many letters of the words is whom they speak of.</summary>
    private const int OtherReach = 40;

    /// <summary>More reasons explain nothing more.</summary>
    private const int MaxHits = 24;

    private List<TriageHit>? _hits;
    private readonly List<string> _indicators = [];
    private TriageLevel _level = TriageLevel.R3;
    private bool _plea;
    private bool _other;
    private bool _self;

    /// <summary>Runs every rule over the evidence as it stands now.</summary>
    public void Judge(ZawgyiOrigin? zawgyi)
    {
        if (evidence.Hits.Count == 0)
        {
            return;
        }

        var match = new RuleMatch(evidence, modifiers);
        var buffer = new PhraseHitBuffer();
        Span<PhraseHit> all = buffer;
        for (var r = 0; r < rules.Length; r++)
        {
            var rule = rules[r];
            var filled = all[..rule.Slots.Length];
            if (match.Find(rule, filled, out var negated))
            {
                evidence.Fired.Add(negated ? ~r : r);
                if (rule.Level > TriageLevel.R3)
                {
                    Add(rule, filled, negated, zawgyi);
                }
            }
        }

        if (LonePlea() is { } plea)
        {
            _plea = true;
            Raise(TriageLevel.R2);
            Note(LonePleaRule, plea, zawgyi);
            Indicate("plea");
        }
    }

    /// <summary>Lets the model raise what the rules left low: to R2 at least, from there to R1. A lone plea stays what it is.</summary>
    public void Weigh(TriageModel model, ZawgyiOrigin? zawgyi)
    {
        if (_level >= TriageLevel.R1 || _plea)
        {
            return;
        }

        var score = model.Score(evidence);
        var threshold = model.ThresholdOf(score.Script);
        var urgent = score.Urgent >= threshold.Urgent;
        if (_level == TriageLevel.R2 ? !urgent : score.Offer < threshold.Offer)
        {
            return;
        }

        Raise(urgent ? TriageLevel.R1 : TriageLevel.R2);
        Indicate(ModelRule);
        var language = score.Script.Language(evidence.Text.ToString());
        foreach (var (start, end) in ModelReasons.Of(model, evidence, urgent).DefaultIfEmpty((0, evidence.Text.Length)))
        {
            Note(ModelRule, language, start, end, zawgyi);
        }
    }

    /// <summary>About another person only when nothing found speaks of the writer.</summary>
    public TriageAssessment Assessment() => _hits is null
        ? TriageAssessment.Nothing
        : new(_level, _indicators, _hits, _plea && _level == TriageLevel.R2, _other && !_self);

    private void Add(TriageRule rule, ReadOnlySpan<PhraseHit> filled, bool negated, ZawgyiOrigin? zawgyi)
    {
        var level = rule.Level;
        if (level == TriageLevel.R0 && modifiers.Past >= 0 && evidence.Present.Has(modifiers.Past))
        {
            level = TriageLevel.R1;
        }

        if (level > TriageLevel.R2 && negated)
        {
            level = TriageLevel.R2;
        }

        Raise(level);
        Indicate(rule.Indicator);
        NoteWhom(filled);
        foreach (var hit in filled)
        {
            Note(rule.Id, hit, zawgyi);
        }
    }

    private void NoteWhom(ReadOnlySpan<PhraseHit> filled)
    {
        if (modifiers.Other < 0 || !evidence.Present.Has(modifiers.Other))
        {
            return;
        }

        var (start, end) = RuleMatch.Extent(filled);
        var self = default(ConceptSet).With(modifiers.Self);
        foreach (var hit in evidence.Near(start - OtherReach, end + OtherReach))
        {
            var (from, to) = hit.End <= start ? (hit.End, start) : hit.Start >= end ? (end, hit.Start) : (start, start);
            if (Evidence.ConceptOf(hit) == modifiers.Other && to - from <= OtherReach && !evidence.IsStopped(from, to))
            {
                var broken = evidence.StandsBetween(self, from, to);
                _other |= !broken;
                _self |= broken;
            }
        }
    }

    /// <summary>Keeps the list sorted and without doubles.</summary>
    private void Indicate(string indicator)
    {
        var at = _indicators.BinarySearch(indicator, StringComparer.Ordinal);
        if (at < 0)
        {
            _indicators.Insert(~at, indicator);
        }
    }

    private void Raise(TriageLevel level) => _level = level > _level ? level : _level;

    private void Note(string rule, PhraseHit hit, ZawgyiOrigin? zawgyi) =>
        Note(rule, Evidence.LanguageOf(hit), hit.Start, hit.End, zawgyi);

    private void Note(string rule, LanguageTag language, int from, int to, ZawgyiOrigin? zawgyi)
    {
        var (start, length) = evidence.Text.RawSpan(from, to);
        if (zawgyi is not null)
        {
            (start, length) = zawgyi.Of(start, length);
        }

        _hits ??= new(8);
        if (_hits.Count < MaxHits && !IsNoted(rule, language, start, length))
        {
            _hits.Add(new(rule, language, start, length, zawgyi is not null));
        }
    }

    private bool IsNoted(string rule, LanguageTag language, int start, int length)
    {
        foreach (var h in _hits!) // made by the caller
        {
            if (h.Start == start && h.Length == length && h.Language == language && h.Rule == rule)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The whole message is pleas and politeness.</summary>
    private PhraseHit? LonePlea()
    {
        if (modifiers.Plea < 0 || !evidence.Present.Has(modifiers.Plea) || evidence.Text.Length > 80)
        {
            return null;
        }

        Span<bool> covered = stackalloc bool[80];
        covered.Clear();
        PhraseHit? plea = null;
        foreach (var hit in evidence.Hits)
        {
            var concept = Evidence.ConceptOf(hit);
            if (concept == modifiers.Plea || concept == modifiers.Polite)
            {
                covered[hit.Start..hit.End].Fill(true);
                plea = concept == modifiers.Plea && (plea is null || hit.End - hit.Start > plea.Value.End - plea.Value.Start) ? hit : plea;
            }
        }

        for (var i = 0; i < evidence.Text.Length; i++)
        {
            if (!covered[i] && evidence.Text[i] != ' ')
            {
                return null;
            }
        }

        return plea;
    }
}
