using Hotline.Localization;
using Hotline.Text;
using Hotline.Triage.Model;

namespace Hotline.Triage;

/// <summary>Collects what the rules say over all readings of one message.</summary>
internal sealed class Finding(TriageRule[] rules, TriageModifiers modifiers, Evidence evidence)
{
    public const string LonePleaRule = "lone_plea";
    public const string ModelRule = "model";

    /// <summary>So few letters are a short message: "my boss locked me in".</summary>
    private const int Short = 26;

    /// <summary>Somebody else named within so many letters of the words is whom they speak of.</summary>
    private const int OtherReach = 40;

    /// <summary>What holds in any case, and what holds if the model agrees: unsure rules speak only then.</summary>
    private readonly Verdict _sure = new();
    private readonly Verdict _all = new();
    private List<TriageHit>? _reasons;
    private ModelScore _score;
    private TriageModel? _model;
    private bool _plea;
    private bool _short;

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
            Add(_sure, TriageLevel.R2, "plea", Hit(LonePleaRule, plea, zawgyi));
            Add(_all, TriageLevel.R2, "plea", Hit(LonePleaRule, plea, zawgyi));
        }
    }

    /// <summary>Hears what the model makes of the reading in the evidence.</summary>
    public void Weigh(TriageModel model, ZawgyiOrigin? zawgyi)
    {
        (_model, _score, _short) = (model, model.Score(evidence), evidence.Text.Length <= Short);
        var threshold = model.ThresholdOf(_score.Script);
        if (_score.Offer >= threshold.Agree || _score.Urgent >= threshold.Urgent)
        {
            var language = _score.Script.Language(evidence.Text.ToString());
            _reasons = [.. ModelReasons.Of(model, evidence, _score.Urgent >= threshold.Urgent).DefaultIfEmpty((Start: 0, End: evidence.Text.Length))
                .Select(p => Hit(ModelRule, language, p.Start, p.End, zawgyi))];
        }
    }

    /// <summary>
    /// The rules' level. The model may raise it: to R2 by itself, together with an unsure rule to that rule's level, and from
    /// R2 to R1. In a short message an unsure rule of R0 or R1 offers a human in any case. A lone plea stays what it is. Without
    /// a model unsure rules speak like the others.
    /// </summary>
    public TriageAssessment Assessment()
    {
        if (_model is null)
        {
            return _all.Assessment(_plea);
        }

        var threshold = _model.ThresholdOf(_score.Script);
        var verdict = _score.Offer >= threshold.Agree ? _all : _sure;
        if (_short && verdict.Level < TriageLevel.R2 && _all.Level >= TriageLevel.R1)
        {
            // short and frightened beats long and clear: there is too little here for the model to silence a word of danger
            verdict = _all;
            verdict.Lower(TriageLevel.R2);
        }

        var offered = verdict.Level >= TriageLevel.R2 || _score.Offer >= threshold.Offer;
        if (offered && !_plea && verdict.Level < TriageLevel.R1 && (verdict.Level < TriageLevel.R2 || _score.Urgent >= threshold.Urgent))
        {
            foreach (var reason in _reasons ?? [])
            {
                Add(verdict, _score.Urgent >= threshold.Urgent ? TriageLevel.R1 : TriageLevel.R2, ModelRule, reason);
            }
        }

        return verdict.Assessment(_plea);
    }

    private static void Add(Verdict verdict, TriageLevel level, string indicator, TriageHit hit)
    {
        verdict.Raise(level);
        verdict.Indicate(indicator);
        verdict.Note(hit);
    }

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

        foreach (var phrase in filled)
        {
            var hit = Hit(rule.Id, phrase, zawgyi);
            Add(_all, level, rule.Indicator, hit);
            if (!rule.IsUnsure)
            {
                Add(_sure, level, rule.Indicator, hit);
            }
        }

        NoteWhom(_all, filled);
        if (!rule.IsUnsure)
        {
            NoteWhom(_sure, filled);
        }
    }

    private void NoteWhom(Verdict verdict, ReadOnlySpan<PhraseHit> filled)
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
                verdict.IsOther |= !broken;
                verdict.IsSelf |= broken;
            }
        }
    }

    private TriageHit Hit(string rule, PhraseHit hit, ZawgyiOrigin? zawgyi) =>
        Hit(rule, Evidence.LanguageOf(hit), hit.Start, hit.End, zawgyi);

    private TriageHit Hit(string rule, LanguageTag language, int from, int to, ZawgyiOrigin? zawgyi)
    {
        var (start, length) = evidence.Text.RawSpan(from, to);
        if (zawgyi is not null)
        {
            (start, length) = zawgyi.Of(start, length);
        }

        return new(rule, language, start, length, zawgyi is not null);
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
