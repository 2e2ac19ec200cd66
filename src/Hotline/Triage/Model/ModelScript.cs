using Hotline.Localization;
using Hotline.Text;

namespace Hotline.Triage.Model;

/// <summary>The scripts that have a threshold of their own: danger shows in fewer letters in some than in others.</summary>
internal enum ModelScript
{
    Latin,
    Thai,
    Lao,
    Khmer,
    Burmese,
    Chinese,
}

internal static class ModelScripts
{
    public const int Count = 6;

    public static ModelScript Of(char unit) => unit switch
    {
        >= '\u0e00' and <= '\u0e7f' => ModelScript.Thai,
        >= '\u0e80' and <= '\u0eff' => ModelScript.Lao,
        >= '\u1780' and <= '\u17ff' => ModelScript.Khmer,
        >= '\u1000' and <= '\u109f' => ModelScript.Burmese,
        >= '\u3400' and <= '\u9fff' => ModelScript.Chinese,
        _ => ModelScript.Latin,
    };

    /// <summary>The script of most letters; a Chinese character counts two.</summary>
    public static ModelScript Of(ReadOnlySpan<char> text)
    {
        Span<int> counts = stackalloc int[Count];
        counts.Clear();
        foreach (var unit in text)
        {
            if (unit > ' ' && !char.IsAsciiDigit(unit))
            {
                var script = Of(unit);
                counts[(int)script] += script == ModelScript.Chinese ? 2 : 1;
            }
        }

        var best = 0;
        for (var i = 1; i < Count; i++)
        {
            best = counts[i] > counts[best] ? i : best;
        }

        return (ModelScript)best;
    }

    /// <summary>Whose words are shown as the reason.</summary>
    public static LanguageTag Language(this ModelScript script, string message) => script switch
    {
        ModelScript.Thai => LanguageTag.Thai,
        ModelScript.Lao => LanguageTag.Lao,
        ModelScript.Khmer => LanguageTag.Khmer,
        ModelScript.Burmese => LanguageTag.Burmese,
        ModelScript.Chinese => LanguageTag.Chinese,
        _ => LanguageDetector.Detect(message).Language ?? LanguageTag.English,
    };
}
