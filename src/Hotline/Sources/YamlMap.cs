using System.Globalization;

namespace Hotline.Sources;

/// <summary>
/// Typed reading of one YAML mapping. A missing or wrong value is reported at its place and reading goes on;
/// <see cref="Done"/> reports every key that nobody asked for.
/// </summary>
public sealed class YamlMap(YamlMapping mapping, DiagnosticBag bag)
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public SourceSpan Span => mapping.Span;

    public DiagnosticBag Bag => bag;

    public IEnumerable<YamlEntry> Entries => mapping.Entries;

    public bool Has(string key) => mapping.Entries.Any(e => e.Key == key);

    public SourceSpan SpanOf(string key) => mapping.Entries.FirstOrDefault(e => e.Key == key)?.Value.Span ?? Span;

    public YamlNode? Node(string key)
    {
        _asked.Add(key);
        return mapping.Entries.FirstOrDefault(e => e.Key == key)?.Value;
    }

    /// <summary>The text under <paramref name="key"/>, or <c>null</c> with a complaint.</summary>
    public string? RequiredText(string key)
    {
        if (Node(key) is null)
        {
            bag.Error(DiagnosticCodes.MissingKey, Span, $"'{key}' is missing");
            return null;
        }

        return OptionalText(key);
    }

    public string? OptionalText(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlScalar { Value.Length: > 0 } scalar:
                return scalar.Value;
            case var other:
                bag.Error(DiagnosticCodes.WrongKind, other.Span, $"'{key}' must be a text that is not empty");
                return null;
        }
    }

    public bool OptionalFlag(string key, bool otherwise = false)
    {
        switch (Node(key))
        {
            case null:
                return otherwise;
            case YamlScalar { Value: "true" }:
                return true;
            case YamlScalar { Value: "false" }:
                return false;
            case var other:
                bag.Error(DiagnosticCodes.WrongKind, other.Span, $"'{key}' must be true or false");
                return otherwise;
        }
    }

    public int? OptionalNumber(string key, int min, int max)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlScalar scalar when int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                && n >= min && n <= max:
                return n;
            case var other:
                bag.Error(DiagnosticCodes.BadValue, other.Span, $"'{key}' must be a whole number from {min} to {max}");
                return null;
        }
    }

    /// <summary>A span of time such as <c>90s</c>, <c>15m</c>, <c>24h</c> or <c>7d</c>.</summary>
    public TimeSpan? OptionalDuration(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlScalar { Value: [.. var digits, var unit] } when "smhd".Contains(unit, StringComparison.Ordinal)
                && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is > 0 and <= 100_000:
                return unit switch
                {
                    's' => TimeSpan.FromSeconds(n),
                    'm' => TimeSpan.FromMinutes(n),
                    'h' => TimeSpan.FromHours(n),
                    _ => TimeSpan.FromDays(n),
                };
            case var other:
                bag.Error(DiagnosticCodes.BadValue, other.Span, $"'{key}' must be a time such as 90s, 15m, 24h or 7d");
                return null;
        }
    }

    public YamlMap? OptionalMap(string key)
    {
        switch (Node(key))
        {
            case null:
                return null;
            case YamlMapping map:
                return new(map, bag);
            case var other:
                bag.Error(DiagnosticCodes.WrongKind, other.Span, $"'{key}' must be a mapping");
                return null;
        }
    }

    public YamlMap? RequiredMap(string key)
    {
        if (Node(key) is null)
        {
            bag.Error(DiagnosticCodes.MissingKey, Span, $"'{key}' is missing");
            return null;
        }

        return OptionalMap(key);
    }

    /// <summary>The mappings in the list under <paramref name="key"/>; empty when absent.</summary>
    public IReadOnlyList<YamlMap> Maps(string key) => [.. List(key).Select(AsMap).OfType<YamlMap>()];

    /// <summary>The texts in the list under <paramref name="key"/>, each with its place; empty when absent. One bare text counts as a list of one.</summary>
    public IReadOnlyList<YamlScalar> Texts(string key)
    {
        if (Node(key) is YamlScalar one)
        {
            return [one];
        }

        var texts = new List<YamlScalar>();
        foreach (var item in List(key))
        {
            if (item is YamlScalar { Value.Length: > 0 } scalar)
            {
                texts.Add(scalar);
            }
            else
            {
                bag.Error(DiagnosticCodes.WrongKind, item.Span, $"'{key}' must be a list of texts");
            }
        }

        return texts;
    }

    /// <summary>Reports every key that was never asked for.</summary>
    public void Done()
    {
        foreach (var entry in mapping.Entries.Where(e => !_asked.Contains(e.Key)))
        {
            bag.Error(DiagnosticCodes.UnknownKey, entry.KeySpan, $"'{entry.Key}' is not known here",
                _asked.Count == 0 ? null : $"known: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}");
        }
    }

    private IReadOnlyList<YamlNode> List(string key)
    {
        switch (Node(key))
        {
            case null:
                return [];
            case YamlList list:
                return list.Items;
            case var other:
                bag.Error(DiagnosticCodes.WrongKind, other.Span, $"'{key}' must be a list");
                return [];
        }
    }

    private YamlMap? AsMap(YamlNode node)
    {
        if (node is YamlMapping map)
        {
            return new(map, bag);
        }

        bag.Error(DiagnosticCodes.WrongKind, node.Span, "a mapping is wanted here");
        return null;
    }
}
