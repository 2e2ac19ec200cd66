using System.Globalization;
using System.Text;
using Hotline.Sources;

namespace Hotline.Localization;

/// <summary>An entry while its lines are being read.</summary>
internal sealed class PoDraft
{
    private readonly Dictionary<string, StringBuilder> _parts = new(StringComparer.Ordinal);
    private StringBuilder? _current;
    private SourceSpan _textSpan;

    public List<string> Comments { get; } = [];

    public List<string> Extracted { get; } = [];

    public List<string> References { get; } = [];

    public List<string> Flags { get; } = [];

    public bool Obsolete { get; set; }

    public bool Broken { get; set; }

    public SourceSpan Span { get; private set; }

    public bool HasAny => _parts.Count > 0;

    public bool HasId => _parts.ContainsKey("msgid");

    public bool HasText => _parts.Keys.Any(k => k.StartsWith("msgstr", StringComparison.Ordinal));

    /// <summary>Begins the part that <paramref name="keyword"/> names; <c>false</c> when it may not stand here.</summary>
    public bool Begin(string keyword, bool previous, SourceSpan span)
    {
        var allowed = keyword switch
        {
            "msgctxt" => !HasId || previous,
            "msgid" => true,
            "msgid_plural" => previous || HasId,
            "msgstr" => !previous && HasId && !_parts.ContainsKey("msgid_plural"),
            _ => !previous && _parts.ContainsKey("msgid_plural") && keyword == Form(FormCount),
        };
        var name = previous ? "#" + keyword : keyword;
        if (!allowed || _parts.ContainsKey(name))
        {
            return false;
        }

        if (!previous && !_parts.ContainsKey("msgctxt") && !HasId)
        {
            Span = span;
        }

        if (keyword is "msgstr" or "msgstr[0]")
        {
            _textSpan = span;
        }

        _parts[name] = _current = new();
        return true;
    }

    public bool Append(string value)
    {
        _current?.Append(value);
        return _current is not null;
    }

    public PoEntry? ToEntry() => !HasText ? null : new PoEntry
    {
        Context = Part("msgctxt"),
        Id = Part("msgid") ?? "",
        PluralId = Part("msgid_plural"),
        Strings = Part("msgstr") is { } one ? [one] : [.. Enumerable.Range(0, FormCount).Select(i => Part(Form(i)) ?? "")],
        Comments = Comments,
        Extracted = Extracted,
        References = References,
        Flags = Flags,
        PreviousContext = Part("#msgctxt"),
        PreviousId = Part("#msgid"),
        PreviousPluralId = Part("#msgid_plural"),
        Obsolete = Obsolete,
        Span = Span,
        TextSpan = _textSpan,
    };

    private int FormCount => _parts.Keys.Count(k => k.StartsWith("msgstr[", StringComparison.Ordinal));

    private static string Form(int index) => string.Create(CultureInfo.InvariantCulture, $"msgstr[{index}]");

    private string? Part(string name) => _parts.TryGetValue(name, out var part) ? part.ToString() : null;
}
