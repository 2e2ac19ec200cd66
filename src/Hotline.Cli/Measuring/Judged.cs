using Hotline.Triage;

namespace Hotline.Cli.Measuring;

/// <summary>A sample and what triage said of it.</summary>
internal sealed record Judged(TriageSample Sample, TriageAssessment Assessment)
{
    public TriageLevel Level => Assessment.Level;

    /// <summary>A human was offered to somebody who asked for none.</summary>
    public bool IsAlarm => Level > Sample.Level && Level >= TriageLevel.R2;

    /// <summary>What went wrong, worst first; <c>null</c> when nothing that matters.</summary>
    public string? Miss => Sample.Level switch
    {
        >= TriageLevel.R1 when Level < TriageLevel.R2 => "missed",
        TriageLevel.R0 when Level < TriageLevel.R1 => "R0 as R2",
        TriageLevel.R2 when Level < TriageLevel.R2 => "R2 missed",
        TriageLevel.R3 when IsAlarm => "false alarm",
        _ => null,
    };
}
