namespace Hotline.Localization;

/// <summary>Each language by its own name, for language menus. Names belong to the tags and are never translated.</summary>
public static class LanguageNames
{
    public static string Of(LanguageTag tag) => tag.Value switch
    {
        "th" => "ไทย",
        "my" => "မြန်မာ",
        "km" => "ខ្មែរ",
        "lo" => "ລາວ",
        "vi" => "Tiếng Việt",
        "zh-Hans" => "中文",
        "id" => "Bahasa Indonesia",
        _ => "English",
    };
}
