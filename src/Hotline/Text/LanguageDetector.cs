using Hotline.Localization;

namespace Hotline.Text;

/// <param name="Language">The likeliest language of the line, or <c>null</c> when nothing can be said.</param>
/// <param name="Certain">The script alone decides it.</param>
/// <param name="Unsupported">The message is written in a language that the line does not speak (Shan, Mon, Karen, Japanese …).</param>
public sealed record LanguageGuess(LanguageTag? Language, bool Certain, bool Unsupported = false);

/// <summary>Guesses the language of a short message. It proposes; only the person's own choice is stored.</summary>
public static class LanguageDetector
{
    public static LanguageGuess Detect(string message) => new(null, false);
}
