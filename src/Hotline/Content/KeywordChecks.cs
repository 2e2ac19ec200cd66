using Hotline.Flows;
using Hotline.Sources;
using Hotline.Text;

namespace Hotline.Content;

/// <summary>Words and codes that start flows, against each other. Within one language <see cref="Words"/> checks itself.</summary>
internal static class KeywordChecks
{
    public static void FlowsExist(ContentSnapshot snapshot, DiagnosticBag bag)
    {
        foreach (var (flow, span) in snapshot.Words.FlowsNamed.Where(f => !snapshot.Flows.ContainsKey(new(f.Flow))))
        {
            bag.Error(DiagnosticCodes.UnknownFlow, span, $"these words start the flow '{flow}', which does not exist");
        }
    }

    /// <summary>A campaign code starts its flow and nothing else: no command, no other flow's code or keyword.</summary>
    public static void CodesFree(ContentSnapshot snapshot, DiagnosticBag bag)
    {
        var taken = new Dictionary<string, Flow>(StringComparer.Ordinal);
        foreach (var flow in snapshot.Flows.Values.OrderBy(f => f.Span.File, StringComparer.Ordinal))
        {
            foreach (var code in flow.Codes)
            {
                if (snapshot.Words.FindCommand(code, null) is { } command)
                {
                    bag.Error(DiagnosticCodes.KeywordShadowed, flow.Span, $"the code '{code}' is the command {command} and would never start a flow");
                }
                else if (!taken.TryAdd(TextNormalizer.Key(code), flow))
                {
                    bag.Error(DiagnosticCodes.KeywordShadowed, flow.Span,
                        $"the code '{code}' already starts '{taken[TextNormalizer.Key(code)].Id}'");
                }
                else if (snapshot.Words.WithCodes([]).FindFlow(code, null) is { } other && other != flow.Id.Value)
                {
                    bag.Error(DiagnosticCodes.KeywordShadowed, flow.Span, $"the code '{code}' is a keyword of '{other}'");
                }
            }
        }
    }
}
