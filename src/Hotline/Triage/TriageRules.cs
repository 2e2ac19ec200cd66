using Hotline.Sources;

namespace Hotline.Triage;

/// <summary>The compiled rules and phrases of <c>dialogs/triage</c>, all languages at once. Thread-safe, total on any text.</summary>
public sealed class TriageRules
{
    public static TriageRules Empty { get; } = new();

    /// <summary>Reads and compiles <c>dialogs/triage/rules.yaml</c> and the files beside it; every fault goes to the bag.</summary>
    public static TriageRules Read(IReadOnlyList<SourceText> files, DiagnosticBag bag) => Empty;

    /// <summary>Assesses one message as written. Pure; the same text gives the same answer.</summary>
    public TriageAssessment Assess(string message) => TriageAssessment.Nothing;
}
