namespace Hotline.Triage.Model;

/// <summary>What a wrong answer costs in training, and at the thresholds: a person in danger who is missed most of all.</summary>
internal static class TrainingCosts
{
    /// <summary>A mistyped copy beside its original.</summary>
    public const double Mistyped = 0.5;

    private const double Base = 1.0;

    /// <summary>For the question whether a human is offered.</summary>
    public static double Offer(TrainingText text) => Base * (text.Level switch
    {
        >= TriageLevel.R1 => 1.0,
        TriageLevel.R2 => 0.3,
        _ => 1.0,
    });

    /// <summary>For the question whether it is urgent.</summary>
    public static double Urgent(TrainingText text) => Base * (text.Level == TriageLevel.R2 ? 0.6 : 1.0);

    /// <summary>A human is offered.</summary>
    public static double Offered(TrainingText text) => text.Level > TriageLevel.R3 ? 0 : text.Kind == "hard" ? 0.35 : 1;
}
