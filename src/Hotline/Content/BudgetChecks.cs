using System.Globalization;
using Hotline.Localization;
using Hotline.Resources;
using Hotline.Sources;
using Hotline.Text;

namespace Hotline.Content;

/// <summary>What a person gets as one message, counted in parts of an SMS, in each language.</summary>
internal static class BudgetChecks
{
    public static void WithinBudget(ContentText text, SpokenText spoken, ContentSnapshot snapshot, DiagnosticBag bag)
    {
        if (text.Said.Count == 0)
        {
            return;
        }

        // the text itself as this place has it; the choices and placeholders as the language says them
        var lines = new List<string> { Fill(spoken.Text, spoken.Language, snapshot) };
        lines.AddRange(text.Said.Skip(1).Select(t => Fill(snapshot.Catalogs.Find(t, spoken.Language).Text, spoken.Language, snapshot)));
        if (text.ListsLanguages)
        {
            lines.AddRange(snapshot.Line.Languages.Select(LanguageNames.Of));
        }

        var message = string.Join('\n', lines.Select((line, i) => i == 0 ? line : string.Create(CultureInfo.InvariantCulture, $"{i} {line}")));
        Report(spoken, message, text.Limit(spoken.Language), bag);
    }

    /// <summary>An entry of the directory is said as one message: name, what it does, its numbers.</summary>
    public static void ResourceWithinBudget(Resource resource, LanguageTag language, ContentSnapshot snapshot, DiagnosticBag bag)
    {
        var (name, _) = snapshot.Catalogs.Find(resource.Name, language);
        var (what, _) = snapshot.Catalogs.Find(resource.What, language);
        string[] lines = [$"{name}: {what}", .. resource.Numbers.Select(n => n.Number), .. resource.Web is null ? (string[])[] : [resource.Web]];
        var span = snapshot.Catalogs.Entry(resource.What.Id, language)?.Span ?? resource.What.Span;
        Report(new(resource.What.Id, what, language, span), string.Join('\n', lines), 3, bag);
    }

    private static void Report(SpokenText spoken, string message, int budget, DiagnosticBag bag)
    {
        var count = SmsSegments.Count(message);
        if (count.Segments > budget)
        {
            bag.Error(DiagnosticCodes.OverBudget, spoken.Span,
                $"'{spoken.Id}' takes {count.Segments} SMS in {spoken.Language} ({count.Units} units, {count.Encoding}), at most {budget} are allowed",
                "choices and placeholders are counted in");
        }
    }

    private static string Fill(string text, LanguageTag language, ContentSnapshot snapshot) => MessageText.Format(text, name =>
    {
        var line = snapshot.Line;
        TextRef? setting = name switch
        {
            "service" => line.Service,
            "operator" => line.Operator,
            "hours" => line.Hours,
            "secrecy" => line.SecrecyNote,
            _ => null,
        };
        return setting is not null ? snapshot.Catalogs.Find(setting, language).Text
            : name.StartsWith("phone:", StringComparison.Ordinal)
                && snapshot.Resources.Find(name["phone:".Length..]) is { Numbers: [var first, ..] } ? first.Number
            : "";
    });
}
