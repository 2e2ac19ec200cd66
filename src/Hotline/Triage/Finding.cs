using Hotline.Text;

namespace Hotline.Triage;

/// <summary>Collects what the rules say over all readings of one message.</summary>
internal sealed class Finding(TriageRule[] rules, TriageModifiers modifiers, Evidence evidence)
{
    public const string LonePleaRule = "lone_plea";

    /// <summary>A negation stands at most this many units before what it negates.</summary>
    private const int NegationReach = 12;

    private List<TriageHit>? _hits;
    private SortedSet<string>? _indicators;
    private TriageLevel _level = TriageLevel.R3;
    private bool _plea;
    private bool _other;

    /// <summary>Runs every rule over the evidence as it stands now.</summary>
    public void Judge(ZawgyiOrigin? zawgyi)
    {
        if (evidence.Hits.Count == 0)
        {
            return;
        }

        foreach (var rule in rules)
        {
            if (Match(rule) is { } match)
            {
                Add(rule, match, zawgyi);
            }
        }

        _other |= modifiers.Other >= 0 && evidence.Present.Has(modifiers.Other);
        if (LonePlea() is { } plea)
        {
            _plea = true;
            Raise(TriageLevel.R2);
            Note(LonePleaRule, plea, zawgyi);
            (_indicators ??= new(StringComparer.Ordinal)).Add("plea");
        }
    }

    public TriageAssessment Assessment() => _hits is null
        ? TriageAssessment.Nothing
        : new(_level, [.. _indicators ?? []], _hits, _plea && _level == TriageLevel.R2, _other);

    private PhraseHit[]? Match(TriageRule rule)
    {
        if (rule.Unless.Meets(evidence.Present))
        {
            return null;
        }

        foreach (var slot in rule.Slots)
        {
            if (!slot.Meets(evidence.Present))
            {
                return null;
            }
        }

        PhraseHit[]? best = null;
        foreach (var anchor in evidence.Hits)
        {
            if (!rule.Slots[0].Has(Evidence.ConceptOf(anchor)) || Fill(rule, anchor) is not { } filled)
            {
                continue;
            }

            if (!IsNegated(filled))
            {
                return filled;
            }

            best ??= filled;
        }

        return best;
    }

    private PhraseHit[]? Fill(TriageRule rule, PhraseHit anchor)
    {
        var filled = new PhraseHit[rule.Slots.Count];
        filled[0] = anchor;
        for (var s = 1; s < filled.Length; s++)
        {
            var nearest = int.MaxValue;
            foreach (var hit in evidence.Hits)
            {
                if (!rule.Slots[s].Has(Evidence.ConceptOf(hit)) || !evidence.GoTogether(anchor, hit) || Overlaps(filled, s, hit))
                {
                    continue;
                }

                var gap = hit.Start >= anchor.End ? hit.Start - anchor.End : anchor.Start - hit.End;
                if (gap <= rule.Within && gap < nearest)
                {
                    nearest = gap;
                    filled[s] = hit;
                }
            }

            if (nearest == int.MaxValue)
            {
                return null;
            }
        }

        return filled;
    }

    private static bool Overlaps(PhraseHit[] filled, int count, PhraseHit hit)
    {
        for (var i = 0; i < count; i++)
        {
            if (hit.Start < filled[i].End && filled[i].Start < hit.End)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsNegated(PhraseHit[] filled)
    {
        if (modifiers.Negation < 0 || !evidence.Present.Has(modifiers.Negation))
        {
            return false;
        }

        var start = filled.Min(h => h.Start);
        var end = filled.Max(h => h.End);
        foreach (var hit in evidence.Hits)
        {
            if (Evidence.ConceptOf(hit) == modifiers.Negation && hit.End <= end && hit.End >= start - NegationReach
                && evidence.GoTogether(hit, filled[0]))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(TriageRule rule, PhraseHit[] filled, ZawgyiOrigin? zawgyi)
    {
        var level = rule.Level;
        if (level == TriageLevel.R0 && modifiers.Past >= 0 && evidence.Present.Has(modifiers.Past))
        {
            level = TriageLevel.R1;
        }

        if (level > TriageLevel.R2 && IsNegated(filled))
        {
            level = TriageLevel.R2;
        }

        Raise(level);
        (_indicators ??= new(StringComparer.Ordinal)).Add(rule.Indicator);
        foreach (var hit in filled)
        {
            Note(rule.Id, hit, zawgyi);
        }
    }

    private void Raise(TriageLevel level) => _level = level > _level ? level : _level;

    private void Note(string rule, PhraseHit hit, ZawgyiOrigin? zawgyi)
    {
        var (start, length) = evidence.Text.RawSpan(hit.Start, hit.End);
        if (zawgyi is not null)
        {
            (start, length) = zawgyi.Of(start, length);
        }

        var noted = new TriageHit(rule, Evidence.LanguageOf(hit), start, length, zawgyi is not null);
        _hits ??= [];
        if (!_hits.Exists(h => h with { Zawgyi = noted.Zawgyi } == noted))
        {
            _hits.Add(noted);
        }
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
