using Hotline.Triage;

namespace Hotline;

/// <summary>Triage of a message as it came: a very long one is matched on its beginning and its end.</summary>
internal static class MessageTriage
{
    public const int Whole = 4000;
    private const int Head = 3000;
    private const int Tail = 1000;

    public static (TriageAssessment Triage, bool Cut) Assess(TriageRules rules, string text)
    {
        if (text.Length <= Whole)
        {
            return (rules.Assess(text), false);
        }

        var head = char.IsHighSurrogate(text[Head - 1]) ? Head - 1 : Head;
        var tail = char.IsLowSurrogate(text[^Tail]) ? text.Length - Tail + 1 : text.Length - Tail;
        var assessed = rules.Assess($"{text.AsSpan(0, head)}\n{text.AsSpan(tail)}");
        var shift = tail - head - 1;
        var hits = assessed.Hits.Select(h => h.Start > head ? h with { Start = h.Start + shift }
            : h.Start + h.Length > head ? h with { Length = head - h.Start }
            : h);
        return (assessed with { Hits = [.. hits.Where(h => h.Length > 0)] }, true);
    }
}
