using System.Runtime.CompilerServices;
using Hotline.Text;

namespace Hotline.Triage;

/// <summary>Finds one rule in the evidence: its slots near each other, not excused, best without a negation.</summary>
internal readonly struct RuleMatch(Evidence evidence, TriageModifiers modifiers)
{
    /// <summary>A negation stands at most this many letters before what it negates.</summary>
    private const int NegationReach = 12;

    /// <summary>More places of one word than this are a flood; the first ones are tried.</summary>
    private const int MaxAnchors = 60;

    /// <summary>The hits stand in <paramref name="filled"/>; a match that nothing negates is preferred.</summary>
    public bool Find(TriageRule rule, Span<PhraseHit> filled, out bool negated)
    {
        negated = false;
        foreach (var slot in rule.Slots)
        {
            if (!slot.Meets(evidence.Present))
            {
                return false;
            }
        }

        var tries = 0;
        var buffer = new PhraseHitBuffer();
        Span<PhraseHit> trial = buffer;
        trial = trial[..rule.Slots.Length];
        for (var i = 0; i < evidence.Hits.Count; i++)
        {
            var anchor = evidence.Hits[i];
            if (!rule.Slots[0].Has(Evidence.ConceptOf(anchor)) || !evidence.MayFill(rule, i))
            {
                continue;
            }

            if (tries++ == MaxAnchors)
            {
                break;
            }

            if (!Fill(rule, anchor, trial) || IsExcused(rule, trial))
            {
                continue;
            }

            var isNegated = IsNegated(trial);
            if (!isNegated || !negated)
            {
                trial.CopyTo(filled);
                negated = isNegated;
            }

            if (!isNegated)
            {
                return true;
            }
        }

        return negated;
    }

    /// <summary>The whole stretch of the text that the hits take.</summary>
    public static (int Start, int End) Extent(ReadOnlySpan<PhraseHit> filled)
    {
        var (start, end) = (filled[0].Start, filled[0].End);
        foreach (var part in filled)
        {
            (start, end) = (Math.Min(start, part.Start), Math.Max(end, part.End));
        }

        return (start, end);
    }

    private bool Fill(TriageRule rule, PhraseHit anchor, Span<PhraseHit> filled)
    {
        filled[0] = anchor;
        for (var s = 1; s < filled.Length; s++)
        {
            var nearest = int.MaxValue;
            foreach (var hit in evidence.Near(anchor.Start - rule.Within, anchor.End + rule.Within))
            {
                if (!rule.Slots[s].Has(Evidence.ConceptOf(hit)) || !evidence.GoTogether(anchor, hit) || Overlaps(filled[..s], hit)
                    || (rule.Ordered && hit.Start < filled[s - 1].End))
                {
                    continue;
                }

                var (from, to) = hit.Start >= anchor.End ? (anchor.End, hit.Start) : (hit.End, anchor.Start);
                if (to - from <= rule.Within && evidence.Gap(from, to) is var gap && gap <= rule.Within && gap < nearest
                    && !(rule.OneSentence && evidence.IsStopped(from, to)))
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

    private bool IsExcused(TriageRule rule, ReadOnlySpan<PhraseHit> filled)
    {
        if (rule.Unless is not { } excuse || !excuse.Concepts.Meets(evidence.Present))
        {
            return false;
        }

        var (start, end) = Extent(filled);
        foreach (var hit in evidence.Near(start - excuse.Within, end + excuse.Within))
        {
            if (excuse.Concepts.Has(Evidence.ConceptOf(hit)) && Governs(excuse, hit, start, end))
            {
                return true;
            }
        }

        return false;
    }

    private bool Governs(Excuse excuse, PhraseHit hit, int start, int end)
    {
        var before = hit.End <= start;
        var after = hit.Start >= end;
        if (!before && !after)
        {
            return excuse.Side == ExcuseSide.Any || (excuse.Side == ExcuseSide.Before ? hit.Start <= start : hit.End >= end);
        }

        if (excuse.Side == (before ? ExcuseSide.After : ExcuseSide.Before))
        {
            return false;
        }

        var (from, to) = before ? (hit.End, start) : (end, hit.Start);
        return to - from <= excuse.Within && evidence.Gap(from, to) <= excuse.Within && !evidence.IsStopped(from, to)
            && !evidence.StandsBetween(excuse.BrokenBy.With(modifiers.Turn), from, to);
    }

    private bool IsNegated(ReadOnlySpan<PhraseHit> filled)
    {
        if (modifiers.Negation < 0 || !evidence.Present.Has(modifiers.Negation))
        {
            return false;
        }

        var (start, end) = Extent(filled);
        foreach (var hit in evidence.Near(start - NegationReach, end))
        {
            if (Evidence.ConceptOf(hit) == modifiers.Negation && hit.End <= end && hit.End >= start - NegationReach
                && evidence.GoTogether(hit, filled[0])
                && (hit.End >= start || (!evidence.IsStopped(hit.End, start) && !evidence.StandsBetween(default(ConceptSet).With(modifiers.Turn), hit.End, start))))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Room for the slots of one rule, on the stack.</summary>
[InlineArray(TriageRule.MaxSlots)]
internal struct PhraseHitBuffer
{
    private PhraseHit _first;
}
