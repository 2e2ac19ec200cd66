using Hotline.Localization;

namespace Hotline.Text;

/// <param name="Language">The likeliest language of the line, or <c>null</c> when nothing can be said.</param>
/// <param name="Certain">The script alone decides it.</param>
/// <param name="Unsupported">The message is written in a language that the line does not speak (Shan, Mon, Karen, Japanese …).</param>
public sealed record LanguageGuess(LanguageTag? Language, bool Certain, bool Unsupported = false);

/// <summary>Guesses the language of a short message. It proposes; only the person's own choice is stored.</summary>
public static class LanguageDetector
{
    /// <summary>More says nothing new.</summary>
    private const int Enough = 1000;

    /// <summary>A Chinese character carries what others write in about three letters.</summary>
    private const int HanWeight = 3;

    private static readonly LanguageGuess Nothing = new(null, false);
    private static readonly LanguageGuess Foreign = new(null, false, Unsupported: true);

    public static LanguageGuess Detect(string message)
    {
        var text = message.Length <= Enough ? message : message[..Enough];
        Span<int> letters = stackalloc int[(int)Script.Other + 1];
        var marks = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var script = Scripts.Of(rune);
            letters[(int)script] += script == Script.Han ? HanWeight : 1;
            marks |= rune.Value is 'ă' or 'đ' or 'ơ' or 'ư' or 'Ă' or 'Đ' or 'Ơ' or 'Ư' or (>= 0x1ea0 and <= 0x1ef9);
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
            Script.Thai => new(LanguageTag.Thai, true),
            Script.Lao => new(LanguageTag.Lao, true),
            Script.Khmer => new(LanguageTag.Khmer, true),
            Script.Myanmar => MyanmarScript.IsOtherLanguage(text) ? Foreign : new(LanguageTag.Burmese, true),
            Script.Han => letters[(int)Script.Kana] > 0 ? Foreign : new(LanguageTag.Chinese, true),
            Script.Latin => marks || HasDecomposed(text)
                ? new(LanguageTag.Vietnamese, true)
                : new(LatinLanguages.Propose(TextNormalizer.Key(text)), false),
            _ => Foreign,
        };
    }

    /// <summary>Vietnamese typed with loose marks: horn, or dot below.</summary>
    private static bool HasDecomposed(string text) => text.AsSpan().ContainsAny('\u031b', '\u0323', '\u0309');
}
