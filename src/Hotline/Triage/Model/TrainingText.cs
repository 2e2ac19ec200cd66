using Hotline.Localization;

namespace Hotline.Triage.Model;

/// <summary>One labelled message that the model may learn from.</summary>
/// <param name="Kind"><c>risk</c>, <c>plain</c> (everyday questions) or <c>hard</c> (words of danger, no danger).</param>
public sealed record TrainingText(string Text, TriageLevel Level, string Kind, LanguageTag Language);
