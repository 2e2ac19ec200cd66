using Hotline.Flows;
using Hotline.Flows.Nodes;
using Hotline.Localization;
using Hotline.Text;

namespace Hotline.Content;

/// <summary>A text for people with what it is for, which decides how long it may be and how bad a stale translation is.</summary>
/// <param name="Kind">The kind of its flow, or <c>null</c> outside flows.</param>
/// <param name="Where">Said to translators.</param>
/// <param name="Said">What the person reads as one message: a question with its numbered choices. Empty for a title that stands in such a message only.</param>
internal sealed record ContentText(TextRef Text, FlowKind? Kind, string Where, IReadOnlyList<TextRef> Said)
{
    /// <summary>The line's languages stand below it as choices.</summary>
    public bool ListsLanguages { get; init; }

    /// <summary>Said alone and in peace: a long one goes page by page.</summary>
    public bool Paged { get; init; }

    private static readonly string[] SafetyTexts =
    [
        SystemText.TurnFailed, SystemText.NodeRemoved, SystemText.HumanAsked, SystemText.Stopped,
        SystemText.UnsupportedLanguage, SystemText.NotUnderstood, SystemText.Cover,
    ];

    /// <summary>Must be right in every language: somebody in danger may read it.</summary>
    public bool Safety => Kind is FlowKind.Safety or FlowKind.Offer or FlowKind.Waiting or FlowKind.Consent or FlowKind.Welcome
        || SafetyTexts.Any(name => Text.Id == $"hotline/{name}");

    /// <summary>The number of SMS parts that it may take: safety and first texts 1 (2 in Burmese), others 3.</summary>
    public int Budget(LanguageTag language) => !First ? SmsPages.Segments : language == LanguageTag.Burmese ? 2 : 1;

    /// <summary>What the check allows: a text that goes page by page may be longer than it should.</summary>
    public int Limit(LanguageTag language) => Paged ? SmsPages.Segments * SmsPages.Most : Budget(language);

    private bool First => Kind is FlowKind.Safety or FlowKind.Welcome || SafetyTexts.Any(name => Text.Id == $"hotline/{name}");

    public static IReadOnlyList<ContentText> All(ContentSnapshot snapshot)
    {
        var line = snapshot.Line;
        var texts = new List<ContentText>();
        foreach (var setting in (TextRef[])[line.Service, line.Operator, line.Hours, line.SecrecyNote])
        {
            texts.Add(new(setting, null, "fills a placeholder in other texts", []));
        }

        texts.AddRange(line.Texts.Values.Select(t => new ContentText(t, null, "said outside any dialog", [t])));
        foreach (var flow in snapshot.Flows.Values)
        {
            texts.Add(new(flow.Title, flow.Kind, $"title of the dialog {flow.Id}", []));
            foreach (var node in flow.Nodes.Values)
            {
                texts.AddRange(node.Texts.Select(t => Of(flow, node, t)));
            }
        }

        foreach (var resource in snapshot.Resources.All)
        {
            texts.Add(new(resource.Name, null, "name of a helpline or service", []));
            texts.Add(new(resource.What, null, "what a helpline or service does", []));
        }

        return [.. texts.Where(t => t.Text.Source.Length > 0)
            .DistinctBy(t => t.Text.Id, StringComparer.Ordinal)
            .OrderBy(t => t.Text.Span.File, StringComparer.Ordinal)
            .ThenBy(t => t.Text.Span.Line)
            .ThenBy(t => t.Text.Span.Column)];
    }

    private static ContentText Of(Flow flow, FlowNode node, TextRef text)
    {
        if (node.Choices.Contains(text))
        {
            return new(text, flow.Kind, $"a numbered choice in the dialog {flow.Id}", []);
        }

        var first = node.Texts.FirstOrDefault(t => !node.Choices.Contains(t));
        return new(text, flow.Kind, $"said in the dialog {flow.Id}", text == first ? [text, .. node.Choices] : [text])
        {
            ListsLanguages = node is LanguageNode && text == first,
            Paged = node is SayNode && flow.Kind is not (FlowKind.Safety or FlowKind.Welcome or FlowKind.Waiting or FlowKind.Offer or FlowKind.Consent),
        };
    }
}
