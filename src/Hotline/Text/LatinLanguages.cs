using System.Reflection;
using Hotline.Localization;

namespace Hotline.Text;

/// <summary>
/// Tells English, Vietnamese with or without its marks and Indonesian apart, and from other languages in Latin letters,
/// by the runs of letters learnt from <c>Samples</c>. It only proposes, and never from one word.
/// </summary>
internal static class LatinLanguages
{
    /// <summary>The better language must lead by this much in natural logarithm, or nothing is said.</summary>
    private const double Margin = 0.7;

    private static readonly Lazy<LatinModel> Shipped = new(Load);

    public static LatinModel Model => Shipped.Value;

    /// <param name="key">A key of <see cref="TextNormalizer.Key"/>.</param>
    public static LanguageTag? Propose(string key) => Propose(key, Model);

    public static LanguageTag? Propose(string key, LatinModel model)
    {
        var letters = LatinLetters.Of(key);
        return WordsIn(letters) >= 2
            && model.Best(letters) is { } best && best.Lead >= Margin
            && LanguageTag.TryParse(best.Class, out var tag) ? tag : null;
    }

    /// <summary>Words that can speak for a language: two letters or more, and no mere greeting or OK.</summary>
    private static int WordsIn(string letters)
    {
        var count = 0;
        foreach (var range in letters.AsSpan().Split(' '))
        {
            var word = letters.AsSpan(range);
            count += word.Length >= 2 && !Everywhere(word) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Said in every language of the line.</summary>
    private static bool Everywhere(ReadOnlySpan<char> word) =>
        word is "ok" or "okay" or "oke" or "hi" or "hai" or "hello" or "halo" or "helo" or "alo" or "hey" or "yes" or "no" or "bye"
            or "sms" or "line" or "facebook" or "fb" or "zalo" or "viber" or "whatsapp" or "telegram" or "tiktok" or "haha" or "hihi" or "hehe" or "lol"
            or "stop" or "start" or "menu" or "www" or "com" or "http" or "https";

    private static LatinModel Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("latin.model")
            ?? throw new InvalidOperationException("the library was built without its language model");
        using var reader = new StreamReader(stream);
        return LatinModel.Read(reader.ReadToEnd());
    }
}
