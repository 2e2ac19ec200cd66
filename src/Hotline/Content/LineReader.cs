using System.Collections.Frozen;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Content;

/// <summary>Reads <c>dialogs/hotline.yaml</c>.</summary>
internal static class LineReader
{
    public const string File = "dialogs/hotline.yaml";

    private static readonly string[] Countries = ["KH", "LA", "MM", "TH", "VN", "CN", "ID"];

    public static LineSettings? Read(string text, DiagnosticBag bag)
    {
        if (YamlReader.Read(File, text, bag) is not { } mapping)
        {
            return null;
        }

        var root = new YamlMap(mapping, bag);
        var flows = root.RequiredMap("flows");
        var limits = root.OptionalMap("limits");
        var line = new LineSettings
        {
            Service = Setting(root, "service"),
            Operator = Setting(root, "operator"),
            Hours = Setting(root, "hours"),
            SecrecyNote = Setting(root, "secrecy"),
            Countries = ReadCountries(root),
            Languages = ReadLanguages(root),
            Welcome = new(flows?.RequiredText("welcome") ?? ""),
            LanguageFlow = new(flows?.RequiredText("language") ?? ""),
            Menu = new(flows?.RequiredText("menu") ?? ""),
            Offer = new(flows?.RequiredText("offer") ?? ""),
            Safety = new(flows?.RequiredText("safety") ?? ""),
            Waiting = new(flows?.RequiredText("waiting") ?? ""),
            Closing = new(flows?.RequiredText("closing") ?? ""),
            RepliesPerHour = limits?.OptionalNumber("replies_per_hour", 1, 1_000) ?? 20,
            Texts = ReadTexts(root),
            FlowsSpan = flows?.Span ?? root.Span,
        };
        flows?.Done();
        limits?.Done();
        root.Done();
        return line;
    }

    /// <summary>A text that may be empty while the line is being set up; <see cref="LineChecks"/> says when it may not.</summary>
    private static TextRef Setting(YamlMap root, string key)
    {
        var id = $"hotline/{key}";
        switch (root.Node(key))
        {
            case YamlScalar scalar:
                return new(id, scalar.Value is "null" or "~" ? "" : scalar.Value, scalar.Span);
            case null:
                root.Bag.Error(DiagnosticCodes.MissingKey, root.Span, $"'{key}' is missing", "write '' if it is not known yet");
                return new(id, "", root.Span);
            case var other:
                root.Bag.Error(DiagnosticCodes.WrongKind, other.Span, $"'{key}' must be a text");
                return new(id, "", other.Span);
        }
    }

    private static List<string> ReadCountries(YamlMap root)
    {
        var countries = new List<string>();
        foreach (var text in root.Texts("countries"))
        {
            if (Countries.Contains(text.Value))
            {
                countries.Add(text.Value);
            }
            else
            {
                root.Bag.Error(DiagnosticCodes.BadValue, text.Span, $"'{text.Value}' is no country of this line",
                    $"one of {string.Join(", ", Countries)}");
            }
        }

        return countries;
    }

    private static List<LanguageTag> ReadLanguages(YamlMap root)
    {
        var languages = new List<LanguageTag>();
        foreach (var text in root.Texts("languages"))
        {
            if (!LanguageTag.TryParse(text.Value, out var tag))
            {
                root.Bag.Error(DiagnosticCodes.BadValue, text.Span, $"'{text.Value}' is not a language of this line",
                    $"one of {string.Join(", ", LanguageTag.All)}");
            }
            else if (languages.Contains(tag))
            {
                root.Bag.Error(DiagnosticCodes.BadValue, text.Span, $"'{text.Value}' stands twice");
            }
            else
            {
                languages.Add(tag);
            }
        }

        if (!languages.Contains(LanguageTag.English))
        {
            root.Bag.Error(DiagnosticCodes.BadValue, root.SpanOf("languages"), "'en' is missing",
                "English is what is said where a translation is missing");
        }

        return languages;
    }

    private static FrozenDictionary<string, TextRef> ReadTexts(YamlMap root)
    {
        if (root.RequiredMap("texts") is not { } map)
        {
            return FrozenDictionary<string, TextRef>.Empty;
        }

        var texts = new Dictionary<string, TextRef>(StringComparer.Ordinal);
        foreach (var name in SystemText.All)
        {
            if (map.OptionalText(name) is { } text)
            {
                texts[name] = new($"hotline/{name}", text, map.SpanOf(name));
            }
            else if (!map.Has(name))
            {
                map.Bag.Error(DiagnosticCodes.MissingSystemText, map.Span, $"the text '{name}' is missing");
            }
        }

        map.Done();
        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
