using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hotline.Content;
using Hotline.Flows;
using Hotline.Resources;
using Hotline.Sources;
using Xunit;

namespace Hotline.Tests.Content;

/// <summary>
/// The JSON schemas are for editors; the readers decide. A reader that meets an unknown key names the keys it knows: these
/// must be the schema's, no more and no fewer. And every file of the repository is valid by its schema.
/// </summary>
public sealed class SchemaTests
{
    private const string Unknown = "zz_unknown";

    private const string Node = "flow: f\nkind: advice\ntitle: T\nstart: a\nnodes:\n  a:\n    ";

    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "../../.."));

    public static TheoryData<string, string, string> Objects() => new()
    {
        { "hotline", "", $"{Unknown}: 1\n" },
        { "hotline", "/properties/flows", $"flows: {{ {Unknown}: x }}\n" },
        { "hotline", "/properties/limits", $"limits: {{ {Unknown}: x }}\n" },
        { "hotline", "/properties/texts", $"texts: {{ {Unknown}: x }}\n" },
        { "resources", "", $"{Unknown}: 1\n" },
        { "resources", "/$defs/resource", $"resources: [{{ {Unknown}: 1 }}]\n" },
        { "resources", "/$defs/number", $"resources: [{{ numbers: [{{ {Unknown}: 1 }}] }}]\n" },
        { "flow", "", $"{Unknown}: 1\n" },
        { "flow", "/$defs/say", $"{Node}{{ say: x, {Unknown}: 1 }}\n" },
        { "flow", "/$defs/ask", $"{Node}{{ ask: x, options: [], {Unknown}: 1 }}\n" },
        { "flow", "/$defs/option", $"{Node}{{ ask: x, options: [{{ {Unknown}: 1 }}] }}\n" },
        { "flow", "/$defs/timeout", $"{Node}{{ ask: x, options: [], timeout: {{ after: 1h, {Unknown}: 1 }} }}\n" },
        { "flow", "/$defs/else", $"{Node}{{ ask: x, options: [], else: {{ say: x, {Unknown}: 1 }} }}\n" },
        { "flow", "/$defs/free_text", $"{Node}{{ ask: x, {Unknown}: 1 }}\n" },
        { "flow", "/$defs/consent", $"{Node}{{ consent: x, {Unknown}: 1 }}\n" },
        { "flow", "/$defs/language", $"{Node}{{ language: x, {Unknown}: 1 }}\n" },
        { "flow", "/$defs/branch", $"{Node}{{ branch: [], {Unknown}: 1 }}\n" },
        { "flow", "/$defs/case", $"{Node}{{ branch: [{{ {Unknown}: 1 }}] }}\n" },
        { "flow", "/$defs/set", $"{Node}{{ set: {{}}, {Unknown}: 1 }}\n" },
        { "flow", "/$defs/assignment", $"{Node}{{ set: {{ {Unknown}: 1 }} }}\n" },
        { "flow", "/$defs/resources", $"{Node}{{ resources: {{}}, {Unknown}: 1 }}\n" },
        { "flow", "/$defs/query", $"{Node}{{ resources: {{ {Unknown}: 1 }} }}\n" },
        { "flow", "/$defs/handoff", $"{Node}{{ handoff: R2, {Unknown}: 1 }}\n" },
        { "flow", "/$defs/flow", $"{Node}{{ flow: x, {Unknown}: 1 }}\n" },
    };

    public static TheoryData<string> Files() =>
        [.. ContentFiles.FromFolder(Root).All.Keys.Where(f => SchemaOf(f) is not null)];

    [Theory]
    [MemberData(nameof(Objects))]
    public void Schema_has_exactly_the_keys_of_the_reader(string schema, string place, string yaml)
    {
        var bag = new DiagnosticBag();
        switch (schema)
        {
            case "hotline":
                LineReader.Read(yaml, bag);
                break;
            case "resources":
                ResourceReader.Read("x.yaml", yaml, bag);
                break;
            default:
                FlowReader.Read("x.yaml", yaml, bag);
                break;
        }

        var complaint = Assert.Single(bag.Items, d => d.Text.Contains(Unknown, StringComparison.Ordinal));
        var known = complaint.Hint!["known: ".Length..].Split(", ").Order(StringComparer.Ordinal);
        var keys = ((JsonObject)At(Schema(schema), place)["properties"]!).Select(p => p.Key).Order(StringComparer.Ordinal);
        Assert.Equal(known, keys);
        Assert.False((bool)At(Schema(schema), place)["additionalProperties"]!);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_is_valid_by_its_schema(string file)
    {
        var root = Schema(SchemaOf(file)!);
        var mapping = YamlReader.Read(file, File.ReadAllText(Path.Combine(Root, file)), new());

        Assert.Empty(Faults(mapping!, root, root));
    }

    [Fact]
    public void A_wrong_file_is_not_valid()
    {
        var root = Schema("flow");
        var wrong = YamlReader.Read("x.yaml", $"{Node}{{ say: x, next: end, ask: y }}\n", new());

        Assert.NotEmpty(Faults(wrong!, root, root));
    }

    private static string? SchemaOf(string file) => file.Split('/') switch
    {
        ["dialogs", "hotline.yaml"] => "hotline",
        ["dialogs", "flows", _] => "flow",
        ["dialogs", "resources", _] => "resources",
        ["dialogs", "words", _] => "words",
        ["dialogs", "triage", var name] when name.EndsWith(".yaml", StringComparison.Ordinal) => "triage",
        _ => null,
    };

    /// <summary>As much of JSON Schema as our schemas use; an unknown keyword is a fault of the schema.</summary>
    private static IEnumerable<string> Faults(YamlNode value, JsonNode schema, JsonNode root)
    {
        foreach (var (keyword, rule) in (JsonObject)schema)
        {
            var faults = (keyword, value) switch
            {
                ("$schema" or "title" or "description" or "$defs" or "uniqueItems" or "contains" or "minimum" or "maximum", _) => [],
                ("$ref", _) => Faults(value, At(root, ((string)rule!)[1..]), root),
                ("oneOf", _) => ((JsonArray)rule!).Count(s => !Faults(value, s!, root).Any()) == 1 ? [] : [$"{value.Span}: oneOf"],
                ("type", _) => Is(value, rule!) ? [] : [$"{value.Span}: not {rule}"],
                ("enum", YamlScalar s) => ((JsonArray)rule!).Any(e => (string)e! == s.Value) ? [] : [$"{s.Span}: enum"],
                ("pattern", YamlScalar s) => Regex.IsMatch(s.Value, (string)rule!) || s.Value.Length == 0 ? [] : [$"{s.Span}: pattern"],
                ("minLength", YamlScalar s) => s.Value.Length >= (int)rule! ? [] : [$"{s.Span}: minLength"],
                ("minItems", YamlList l) => l.Items.Count >= (int)rule! ? [] : [$"{l.Span}: minItems"],
                ("maxItems", YamlList l) => l.Items.Count <= (int)rule! ? [] : [$"{l.Span}: maxItems"],
                ("items", YamlList l) => l.Items.SelectMany(i => Faults(i, rule!, root)),
                ("required", YamlMapping m) => ((JsonArray)rule!).Where(k => m.Entries.All(e => e.Key != (string)k!)).Select(k => $"{m.Span}: {k} missing"),
                ("properties", YamlMapping m) => m.Entries.Where(e => rule![e.Key] is not null).SelectMany(e => Faults(e.Value, rule![e.Key]!, root)),
                ("patternProperties", YamlMapping m) => m.Entries.SelectMany(e => Patterns(schema, e.Key).SelectMany(s => Faults(e.Value, s, root))),
                ("additionalProperties", YamlMapping m) => m.Entries
                    .Where(e => schema["properties"]?[e.Key] is null && !Patterns(schema, e.Key).Any())
                    .SelectMany(e => rule is JsonObject other ? Faults(e.Value, other, root) : [$"{e.KeySpan}: '{e.Key}' unknown"]),
                ("enum" or "pattern" or "minLength" or "minItems" or "maxItems" or "items" or "required" or "properties" or "patternProperties" or "additionalProperties", _) => [],
                _ => [$"the schema has '{keyword}'"],
            };
            foreach (var fault in faults)
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<JsonNode> Patterns(JsonNode schema, string key) =>
        schema["patternProperties"] is JsonObject patterns ? patterns.Where(p => Regex.IsMatch(key, p.Key)).Select(p => p.Value!) : [];

    private static bool Is(YamlNode value, JsonNode types) =>
        (types is JsonArray many ? many.Select(t => (string)t!) : [(string)types!]).Any(type => (type, value) switch
        {
            ("object", YamlMapping) or ("array", YamlList) or ("string", YamlScalar) => true,
            ("integer" or "number", YamlScalar s) => int.TryParse(s.Value, out _),
            ("boolean", YamlScalar s) => s.Value is "true" or "false",
            ("null", YamlScalar s) => s.Value is "" or "null" or "~",
            _ => false,
        });

    private static JsonNode Schema(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Root, "dialogs", "schema", $"{name}.schema.json")))!;

    private static JsonNode At(JsonNode root, string place) =>
        place.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(root, (node, name) => node[name]!);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
