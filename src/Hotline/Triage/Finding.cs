using System.Runtime.CompilerServices;
using Hotline.Localization;
using Hotline.Text;

namespace Hotline.Triage;

/// <summary>Collects what the rules say over all readings of one message.</summary>
internal sealed class Finding(TriageRule[] rules, TriageModifiers modifiers, Evidence evidence)
{
    public const string LonePleaRule = "lone_plea";

    /// <summary>A negation stands at most this many units before what it negates.</summary>
    private const int NegationReach = 12;

    /// <summary>More reasons explain nothing more.</summary>
    private const int MaxHits = 24;

    private List<TriageHit>? _hits;
    private readonly List<string> _indicators = [];
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

        var matched = new PhraseHitBuffer();
        foreach (var rule in rules)
        {
            var filled = matched[..rule.Slots.Length];
            if (Match(rule, filled))
            {
                Add(rule, filled, zawgyi);
            }
        }

        _other |= modifiers.Other >= 0 && evidence.Present.Has(modifiers.Other);
        if (LonePlea() is { } plea)
        {
            _plea = true;
            Raise(TriageLevel.R2);
            Note(LonePleaRule, plea, zawgyi);
            Indicate("plea");
        }
    }

    public TriageAssessment Assessment() => _hits is null
        ? TriageAssessment.Nothing
        : new(_level, _indicators, _hits, _plea && _level == TriageLevel.R2, _other);

    /// <summary>Finds the rule in the evidence; a match that nothing negates is preferred. The hits stand in <paramref name="filled"/>.</summary>
    private bool Match(TriageRule rule, Span<PhraseHit> filled)
    {
        if (rule.Unless.Meets(evidence.Present))
        {
            return false;
        }

        foreach (var slot in rule.Slots)
        {
            if (!slot.Meets(evidence.Present))
            {
                return false;
            }
        }

        var found = false;
        var tried = new PhraseHitBuffer();
        foreach (var anchor in evidence.Hits)
        {
            var trial = tried[..rule.Slots.Length];
            if (!rule.Slots[0].Has(Evidence.ConceptOf(anchor)) || !Fill(rule, anchor, trial))
            {
                continue;
            }

            if (!IsNegated(trial))
            {
                trial.CopyTo(filled);
                return true;
            }

            if (!found)
            {
                trial.CopyTo(filled);
                found = true;
            }
        }

        return found;
    }

    private bool Fill(TriageRule rule, PhraseHit anchor, Span<PhraseHit> filled)
    {
        filled[0] = anchor;
        for (var s = 1; s < filled.Length; s++)
        {
            var nearest = int.MaxValue;
            foreach (var hit in evidence.Hits)
            {
                if (!rule.Slots[s].Has(Evidence.ConceptOf(hit)) || !evidence.GoTogether(anchor, hit) || Overlaps(filled[..s], hit))
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
                return false;
            }
        }

        return true;
    }

    private static bool Overlaps(ReadOnlySpan<PhraseHit> filled, PhraseHit hit)
    {
        for (var i = 0; i < filled.Length; i++)
        {
            if (hit.Start < filled[i].End && filled[i].Start < hit.End)
            {
                return true;
            }
        }

        return false;
    }

    private bool IsNegated(ReadOnlySpan<PhraseHit> filled)
    {
        if (modifiers.Negation < 0 || !evidence.Present.Has(modifiers.Negation))
        {
            return false;
        }

        var (start, end) = (filled[0].Start, filled[0].End);
        foreach (var part in filled)
        {
            (start, end) = (Math.Min(start, part.Start), Math.Max(end, part.End));
        }

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

    private void Add(TriageRule rule, ReadOnlySpan<PhraseHit> filled, ZawgyiOrigin? zawgyi)
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
        Indicate(rule.Indicator);
        foreach (var hit in filled)
        {
            Note(rule.Id, hit, zawgyi);
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

    private void Note(string rule, PhraseHit hit, ZawgyiOrigin? zawgyi)
    {
        var (start, length) = evidence.Text.RawSpan(hit.Start, hit.End);
        if (zawgyi is not null)
        {
            (start, length) = zawgyi.Of(start, length);
        }

        var language = Evidence.LanguageOf(hit);
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

    /// <summary>Room for the slots of one rule, on the stack.</summary>
    [InlineArray(TriageRule.MaxSlots)]
    private struct PhraseHitBuffer
    {
        private PhraseHit _first;
    }
}
