using System.Globalization;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Resources;

/// <summary>Reads one file of <c>dialogs/resources</c>.</summary>
public static class ResourceReader
{
    /// <summary>The services people look for; a flow asks for one of these.</summary>
    public static IReadOnlyList<string> Needs { get; } =
        ["trafficking", "violence", "labour", "children", "health", "papers", "return", "scam", "embassy", "crisis"];

    public static IReadOnlyList<Resource> Read(string file, string text, DiagnosticBag bag)
    {
        if (YamlReader.Read(file, text, bag) is not { } mapping)
        {
            return [];
        }

        var root = new YamlMap(mapping, bag);
        var resources = root.Maps("resources").Select(map => ReadOne(map, bag)).OfType<Resource>().ToList();
        root.Done();
        return resources;
    }

    private static Resource? ReadOne(YamlMap map, DiagnosticBag bag)
    {
        var id = map.RequiredText("id");
        var country = map.RequiredText("country");
        var name = map.RequiredText("name");
        var what = map.RequiredText("what");
        var resource = new Resource
        {
            Id = id ?? "",
            Country = country ?? "",
            Name = new($"resource/{id}/name", name ?? "", map.SpanOf("name")),
            What = new($"resource/{id}/what", what ?? "", map.SpanOf("what")),
            Kind = OneOf<ResourceKind>(map, "kind", map.RequiredText("kind")) ?? ResourceKind.Helpline,
            Numbers = [.. map.Maps("numbers").Select(ReadNumber).OfType<ResourceNumber>()],
            Web = map.OptionalText("web"),
            Languages = ReadLanguages(map),
            Hours = map.OptionalText("hours") ?? "",
            Needs = ReadNeeds(map),
            Recorded = OneOf<Known>(map, "recorded", map.OptionalText("recorded")) ?? Known.Unknown,
            TellsPolice = OneOf<Known>(map, "tells_police", map.OptionalText("tells_police")) ?? Known.Unknown,
            TellsImmigration = OneOf<Known>(map, "tells_immigration", map.OptionalText("tells_immigration")) ?? Known.Unknown,
            Source = map.OptionalText("source"),
            SourceDate = map.OptionalText("source_date"),
            VerifiedOn = Date(map, "verified_on"),
            VerifiedBy = Nullable(map, "verified_by"),
            ExpiresOn = Date(map, "expires_on"),
            Span = map.Span,
        };
        map.Done();
        if (id is not null && !id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            bag.Error(DiagnosticCodes.BadValue, map.SpanOf("id"), $"'{id}' is no id", "small letters, digits and _");
            return null;
        }

        return id is null || country is null || name is null || what is null ? null : resource;
    }

    private static ResourceNumber? ReadNumber(YamlMap map)
    {
        var number = map.RequiredText("number");
        var read = new ResourceNumber(
            number ?? "", map.OptionalFlag("works_from_abroad"), map.OptionalFlag("free"), map.OptionalFlag("text"));
        map.Done();
        if (number is not null && !number.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-'))
        {
            map.Bag.Error(DiagnosticCodes.BadValue, map.SpanOf("number"), $"'{number}' is no number to call",
                "digits, spaces, - and a leading + only; a name of an app belongs into 'web' or 'what'");
            return null;
        }

        return number is null ? null : read;
    }

    private static List<LanguageTag> ReadLanguages(YamlMap map)
    {
        var languages = new List<LanguageTag>();
        foreach (var text in map.Texts("languages"))
        {
            if (LanguageTag.TryParse(text.Value, out var tag))
            {
                languages.Add(tag);
            }
            else
            {
                map.Bag.Error(DiagnosticCodes.BadValue, text.Span, $"'{text.Value}' is not a language of this line",
                    $"one of {string.Join(", ", LanguageTag.All)}");
            }
        }

        return languages;
    }

    private static List<string> ReadNeeds(YamlMap map)
    {
        var needs = new List<string>();
        foreach (var text in map.Texts("needs"))
        {
            if (Needs.Contains(text.Value))
            {
                needs.Add(text.Value);
            }
            else
            {
                map.Bag.Error(DiagnosticCodes.BadValue, text.Span, $"'{text.Value}' is no known need", $"one of {string.Join(", ", Needs)}");
            }
        }

        return needs;
    }

    private static T? OneOf<T>(YamlMap map, string key, string? text)
        where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        var names = Enum.GetNames<T>().Select(n => n.ToLowerInvariant()).ToList();
        if (names.IndexOf(text) is >= 0 and var index)
        {
            return Enum.GetValues<T>()[index];
        }

        map.Bag.Error(DiagnosticCodes.BadValue, map.SpanOf(key), $"'{text}' is no value of '{key}'", $"one of {string.Join(", ", names)}");
        return null;
    }

    /// <summary>A text, where YAML's <c>null</c> or <c>~</c> or nothing says that there is none.</summary>
    private static string? Nullable(YamlMap map, string key) =>
        map.Node(key) is YamlScalar { Value: "" or "null" or "~" } ? null : map.OptionalText(key);

    private static DateOnly? Date(YamlMap map, string key)
    {
        if (Nullable(map, key) is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        map.Bag.Error(DiagnosticCodes.BadValue, map.SpanOf(key), $"'{text}' is no date", "write it as 2026-11-24");
        return null;
    }
}
