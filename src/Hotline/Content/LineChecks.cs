using Hotline.Sources;

namespace Hotline.Content;

/// <summary>Checks of <c>hotline.yaml</c> against the rest.</summary>
internal static class LineChecks
{
    /// <summary>Who runs the line and when must be said before real people write.</summary>
    public static void SettingsFilled(ContentParts parts, ContentLoadOptions options, DiagnosticBag bag)
    {
        var line = parts.Snapshot.Line;
        foreach (var setting in new[] { line.Service, line.Operator, line.Hours, line.SecrecyNote }.Where(s => s.Source.Length == 0))
        {
            var text = $"'{setting.Id["hotline/".Length..]}' is empty";
            if (options.Development)
            {
                bag.Warning(DiagnosticCodes.EmptySetting, setting.Span, text, "it must be filled in before the line opens");
            }
            else
            {
                bag.Error(DiagnosticCodes.EmptySetting, setting.Span, text, "the greeting names it");
            }
        }
    }

    /// <summary>Every moment's flow must exist.</summary>
    public static void MomentsExist(ContentParts parts, DiagnosticBag bag)
    {
        var snapshot = parts.Snapshot;
        foreach (var (moment, flow) in snapshot.Line.Moments.Where(m => m.Flow.Value.Length > 0 && !snapshot.Flows.ContainsKey(m.Flow)))
        {
            bag.Error(DiagnosticCodes.UnknownFlow, snapshot.Line.FlowsSpan, $"'{moment}' names the flow '{flow}', which does not exist",
                $"there must be a file dialogs/flows/{flow}.yaml");
        }
    }
}
