namespace Hotline.Triage;

/// <summary>Concepts that change how a finding counts. None of them brings it below R2.</summary>
/// <param name="Negation">"nobody hit me": right before the words, or among them.</param>
/// <param name="Past">"years ago": an R0 becomes R1.</param>
/// <param name="Other">"my sister", "my friend": what is found near it speaks of someone else.</param>
/// <param name="Plea">A plea; alone in the message it is R2 by itself.</param>
/// <param name="Polite">Words that may stand beside a lone plea.</param>
/// <param name="Turn">"but", "and now": excuses and negations do not reach over it.</param>
/// <param name="Self">"I", "me": between somebody else and the words, they are about the person after all.</param>
internal readonly record struct TriageModifiers(int Negation, int Past, int Other, int Plea, int Polite, int Turn, int Self)
{
    public static TriageModifiers None { get; } = new(-1, -1, -1, -1, -1, -1, -1);
}
