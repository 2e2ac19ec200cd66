namespace Hotline.Triage;

/// <summary>
/// One rule of <c>dialogs/triage/rules.yaml</c>: it speaks when each of its slots finds one of its concepts, all within a
/// distance of the first, and no <see cref="Excuse"/> governs them.
/// <code>
/// - { id: boss_takes_papers, level: R2, indicator: papers, all: [take, captor, paper], within: 30, unless: [fiction] }
/// </code>
/// </summary>
internal sealed record TriageRule
{
    public const int MaxSlots = 4;

    public required string Id { get; init; }

    /// <summary><see cref="TriageLevel.R3"/> for a hint: it raises nothing, but the model knows of it.</summary>
    public required TriageLevel Level { get; init; }

    public required string Indicator { get; init; }

    /// <summary>Each slot is the set of concepts that fill it; the first is the anchor.</summary>
    public required ConceptSet[] Slots { get; init; }

    /// <summary>How many letters may lie between the anchor and another slot; a Chinese character counts two.</summary>
    public required int Within { get; init; }

    /// <summary>The slots stand in the text in the order of the rule.</summary>
    public bool Ordered { get; init; }

    /// <summary>No full stop, question mark or new line between the slots.</summary>
    public bool OneSentence { get; init; }

    public Excuse? Unless { get; init; }

    /// <summary>Right only more often than not: it speaks where the model agrees.</summary>
    public bool IsUnsure { get; init; }
}

/// <summary>Harmless words that silence a rule where they govern what it found: in the same sentence, near, on their side.</summary>
internal sealed record Excuse
{
    public const int UsualReach = 40;

    public required ConceptSet Concepts { get; init; }

    public int Within { get; init; } = UsualReach;

    public ExcuseSide Side { get; init; } = ExcuseSide.Any;

    /// <summary>A word of these between the excuse and what was found takes the excuse away: "after the film <i>I</i> want to die".</summary>
    public ConceptSet BrokenBy { get; init; }
}

/// <summary>Where an excuse stands.</summary>
internal enum ExcuseSide
{
    Any,
    Before,
    After,
}

/// <summary>A set of up to 256 concepts.</summary>
internal readonly record struct ConceptSet(UInt128 Low, UInt128 High)
{
    public const int Limit = 256;
    private const int Half = 128;

    /// <summary>Asked for each hit and rule: no shift of 128 bits.</summary>
    public bool Has(int concept)
    {
        var half = concept < Half ? Low : High;
        var quarter = (concept & 64) == 0 ? (ulong)half : (ulong)(half >> 64);
        return ((quarter >> (concept & 63)) & 1) != 0;
    }

    public bool Meets(ConceptSet other) => ((Low & other.Low) | (High & other.High)) != 0;

    public ConceptSet With(int concept) =>
        concept < 0 ? this : concept < Half ? this with { Low = Low | Bit(concept) } : this with { High = High | Bit(concept) };

    public ConceptSet And(ConceptSet other) => new(Low | other.Low, High | other.High);

    private static UInt128 Bit(int concept) => UInt128.One << (concept & (Half - 1));
}
