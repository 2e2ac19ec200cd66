using Hotline.Localization;

namespace Hotline.Text;

/// <param name="Language">The likeliest language of the line, or <c>null</c> when nothing can be said.</param>
/// <param name="Certain">The script alone decides it.</param>
/// <param name="Unsupported">The message is written in a language that the line does not speak (Shan, Mon, Karen, Japanese …).</param>
public sealed record LanguageGuess(LanguageTag? Language, bool Certain, bool Unsupported = false)
{
    /// <summary>Whose letters the person uses and so can read, when that is not <see cref="Language"/>: Thai, for Lao in Thai letters.</summary>
    public LanguageTag? Reads { get; init; }
}

/// <summary>Guesses the language of a short message. It proposes; only the person's own choice is stored.</summary>
public static class LanguageDetector
{
    /// <summary>More says nothing new.</summary>
    private const int Enough = 1000;

    /// <summary>A Chinese character carries what others write in about three letters.</summary>
    private const int HanWeight = 3;

    /// <summary>Latin words stand in every language (passport, LINE, OK); other scripts only where somebody speaks them.</summary>
    private const int OwnScriptWeight = 2;

    private static readonly LanguageGuess Nothing = new(null, false);
    private static readonly LanguageGuess Foreign = new(null, false, Unsupported: true);

    public static LanguageGuess Detect(string message)
    {
        var text = message.Length <= Enough ? message : message[..Enough];
        Span<int> letters = stackalloc int[(int)Script.Other + 1];
        letters.Clear();
        foreach (var rune in text.EnumerateRunes())
        {
            var script = Scripts.Of(rune);
            letters[(int)script] += script switch
            {
                Script.Latin => 1,
                Script.Han => HanWeight,
                Script.Kana when rune.Value == 'の' => 0, // fashionable in Chinese
                _ => OwnScriptWeight,
            };
        }

        letters[(int)Script.None] = 0;
        var best = Script.None;
        for (var script = Script.Latin; script <= Script.Other; script++)
        {
            best = letters[(int)script] > letters[(int)best] ? script : best;
        }

        return best switch
        {
            Script.None => Nothing,
            Script.Thai => ThaiScript.IsLao(TextNormalizer.Key(text)) ? new(LanguageTag.Lao, false) { Reads = LanguageTag.Thai } : new(LanguageTag.Thai, true),
            Script.Lao => new(LanguageTag.Lao, true),
            Script.Khmer => new(LanguageTag.Khmer, true),
            Script.Myanmar => IsForeignMyanmar(text) ? Foreign : new(LanguageTag.Burmese, true),
            Script.Han => letters[(int)Script.Kana] > 0 ? Foreign : new(LanguageTag.Chinese, true),
            Script.Latin => Latin(text),
            _ => Foreign,
        };
    }

    /// <summary>Two vowels of Mon are how Zawgyi draws two of Burmese: they tell only in a text that is Unicode for sure.</summary>
    private static bool IsForeignMyanmar(string text) => MyanmarScript.IsOtherLanguage(text)
        || (text.AsSpan().ContainsAny('\u1033', '\u1034') && ZawgyiDetector.Detect(text) == BurmeseLetters.Unicode);

    /// <summary>Vietnamese marks are certain, but for a name inside a sentence of another language.</summary>
    private static LanguageGuess Latin(string text)
    {
        var marked = 0;
        var words = 0;
        foreach (var range in text.AsSpan().SplitAny(" \n\t"))
        {
            words += range.End.Value > range.Start.Value ? 1 : 0;
            marked += IsVietnamese(text.AsSpan(range)) ? 1 : 0;
        }

        var key = TextNormalizer.Key(text);
        return marked == 0 ? new(LatinLanguages.Propose(key), false)
            : marked * 4 <= words && LatinLanguages.Propose(key) is { } other && other != LanguageTag.Vietnamese ? new(other, false)
            : new(LanguageTag.Vietnamese, true);
    }

    /// <summary>Has a letter that only Vietnamese has, also typed with loose marks: horn, dot below, hook above.</summary>
    private static bool IsVietnamese(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (c is 'ă' or 'đ' or 'ơ' or 'ư' or 'Ă' or 'Đ' or 'Ơ' or 'Ư' or (>= '\u1ea0' and <= '\u1ef9') or '\u031b' or '\u0323' or '\u0309')
            {
                return true;
            }
        }

        return false;
    }
}
