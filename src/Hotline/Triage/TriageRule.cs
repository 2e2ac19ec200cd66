namespace Hotline.Triage;

/// <summary>
/// One rule of <c>dialogs/triage/rules.yaml</c>: it speaks when each of its slots finds one of its concepts, all within a
/// distance of the first, and none of <see cref="Unless"/> is in the message.
/// <code>
/// - { id: boss_hits, level: R1, indicator: violence, all: [hit, boss|me], within: 30, unless: [fiction] }
/// </code>
/// </summary>
internal sealed record TriageRule
{
    public const int MaxSlots = 4;

    public required string Id { get; init; }

    public required TriageLevel Level { get; init; }

    public required string Indicator { get; init; }

    /// <summary>Each slot is the set of concepts that fill it; the first is the anchor.</summary>
    public required ConceptSet[] Slots { get; init; }

    /// <summary>How many units of normalised text may lie between the anchor and another slot.</summary>
    public required int Within { get; init; }

    public required ConceptSet Unless { get; init; }
}

/// <summary>A set of up to 128 concepts.</summary>
internal readonly record struct ConceptSet(UInt128 Bits)
{
    public const int Limit = 128;

    public bool Has(int concept) => (Bits & (UInt128.One << concept)) != 0;

    public bool Meets(ConceptSet other) => (Bits & other.Bits) != 0;

    public ConceptSet With(int concept) => new(Bits | (UInt128.One << concept));
}
