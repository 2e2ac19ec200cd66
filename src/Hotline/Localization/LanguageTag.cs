namespace Hotline.Localization;

/// <summary>A BCP 47 tag of a language that the line speaks. Only <see cref="All"/> exist; <see cref="TryParse"/> guards the edge.</summary>
public readonly record struct LanguageTag
{
    private readonly string? _value;

    private LanguageTag(string value) => _value = value;

    public static LanguageTag English { get; } = new("en");
    public static LanguageTag Thai { get; } = new("th");
    public static LanguageTag Burmese { get; } = new("my");
    public static LanguageTag Khmer { get; } = new("km");
    public static LanguageTag Lao { get; } = new("lo");
    public static LanguageTag Vietnamese { get; } = new("vi");
    public static LanguageTag Chinese { get; } = new("zh-Hans");
    public static LanguageTag Indonesian { get; } = new("id");

    /// <summary>The eight languages in the order in which menus show them.</summary>
    public static IReadOnlyList<LanguageTag> All { get; } =
        [English, Thai, Burmese, Khmer, Lao, Vietnamese, Chinese, Indonesian];

    /// <summary>The tag; a default value means English.</summary>
    public string Value => _value ?? "en";

    public static bool TryParse(string? text, out LanguageTag tag)
    {
        foreach (var known in All)
        {
            if (string.Equals(known.Value, text, StringComparison.OrdinalIgnoreCase))
            {
                tag = known;
                return true;
            }
        }

        tag = default;
        return false;
    }

    /// <summary>Reads a tag that is known to be one of <see cref="All"/>, else throws <see cref="ArgumentException"/>.</summary>
    public static LanguageTag Parse(string text) =>
        TryParse(text, out var tag) ? tag : throw new ArgumentException("not a language of this line", nameof(text));

    /// <summary>The nearest language for a browser's or a channel's locale such as <c>th-TH</c>, <c>zh-CN</c>, <c>zh-TW</c>.</summary>
    public static LanguageTag? FromLocale(string? locale)
    {
        if (string.IsNullOrEmpty(locale))
        {
            return null;
        }

        var primary = locale.Split('-', '_')[0];
        if (primary.Equals("zh", StringComparison.OrdinalIgnoreCase))
        {
            return Chinese;
        }

        return TryParse(primary, out var tag) ? tag : null;
    }

    public bool Equals(LanguageTag other) => Value == other.Value;

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;
}
