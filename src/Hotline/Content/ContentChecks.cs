using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Content;

/// <summary>Everything that is proven of content before people see it: one method for each check, all run in one pass.</summary>
internal static class ContentChecks
{
    public static void Run(ContentParts parts, ContentLoadOptions options, DiagnosticBag bag)
    {
        var snapshot = parts.Snapshot;
        LineChecks.SettingsFilled(parts, options, bag);
        LineChecks.MomentsExist(parts, bag);
        foreach (var flow in snapshot.Flows.Values)
        {
            FlowChecks.NodesReachable(flow, bag);
            FlowChecks.NoDeadEnds(flow, bag);
            FlowChecks.LoopsWait(flow, bag);
            FlowChecks.StartedFlowsExist(flow, snapshot, bag);
        }

        FlowChecks.FlowCirclesWait(snapshot, bag);
        FlowChecks.HumanReachable(snapshot, bag);
        KeywordChecks.FlowsExist(snapshot, bag);
        KeywordChecks.CodesFree(snapshot, bag);
        TranslationChecks.EntriesKnown(parts, bag);
        TranslationChecks.Complete(parts, bag);
        TranslationChecks.SafetyCurrent(parts, bag);
        foreach (var text in parts.Texts)
        {
            CheckText(text, new(text.Text.Id, text.Text.Source, LanguageTag.English, text.Text.Span), parts, bag);
            foreach (var language in parts.Translated)
            {
                if (snapshot.Catalogs.Entry(text.Text.Id, language) is { } entry)
                {
                    var spoken = new SpokenText(text.Text.Id, entry.Text, language, entry.Span);
                    CheckText(text, spoken, parts, bag);
                    TranslationChecks.PlaceholdersEqual(text, spoken, bag);
                }
            }
        }

        foreach (var resource in snapshot.Resources.All)
        {
            foreach (var language in snapshot.Line.Languages)
            {
                BudgetChecks.ResourceWithinBudget(resource, language, snapshot, bag);
            }
        }

        if (options.Now is { } now)
        {
            ResourceChecks.Current(snapshot.Resources, now, bag);
        }
    }

    private static void CheckText(ContentText text, SpokenText spoken, ContentParts parts, DiagnosticBag bag)
    {
        TextChecks.Nfc(spoken, bag);
        TextChecks.NoZawgyi(spoken, bag);
        TextChecks.NeverSaid(spoken, bag);
        TextChecks.KeepsEncoding(spoken, bag);
        TextChecks.NoNumbers(spoken, bag);
        TextChecks.KnownPlaceholders(spoken, parts.Snapshot.Resources, bag);
        TextChecks.SomethingLeft(spoken, bag);
        BudgetChecks.WithinBudget(text, spoken, parts.Snapshot, bag);
        TranslationChecks.ChoicesEqual(text, spoken, parts.Snapshot.Catalogs, bag);
    }
}
