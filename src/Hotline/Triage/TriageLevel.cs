namespace Hotline.Triage;

/// <summary>
/// How soon a person must see this (reference scale of the field: immediate, urgent, soon, information).
/// Ordered so that a greater value is more urgent; the machine only ever raises it.
/// </summary>
public enum TriageLevel
{
    /// <summary>Information: a question, planning, checking an offer.</summary>
    R3 = 0,

    /// <summary>Soon: signs of labour exploitation, debt, papers held, stranded.</summary>
    R2 = 1,

    /// <summary>Urgent: captivity, violence, forced crime, a child alone.</summary>
    R1 = 2,

    /// <summary>Immediate: life or body in danger now.</summary>
    R0 = 3,
}
