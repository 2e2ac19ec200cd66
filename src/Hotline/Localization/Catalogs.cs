namespace Hotline.Localization;

/// <summary>The translations of all languages. Looking one up never fails: what is missing is the English source.</summary>
public sealed class Catalogs
{
    public static Catalogs Empty { get; } = new();

    /// <summary>The text in the wanted language if it is translated, else in English, and the language it really is in.</summary>
    public (string Text, LanguageTag Language) Find(TextRef text, LanguageTag wanted) => (text.Source, LanguageTag.English);
}
