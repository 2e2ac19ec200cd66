using System.Text;

namespace Hotline.Server.Hosting;

/// <summary>
/// Without ICU, .NET's <c>Normalize</c> returns text unchanged without a word, and the line would miss danger in five
/// scripts. Proves at the start that it works.
/// </summary>
internal static class TextSelfTest
{
    /// <summary>What is wrong, or <c>null</c>.</summary>
    public static string? FindFault()
    {
        if ("e\u0301".Normalize(NormalizationForm.FormC) != "\u00e9" || "\uff28\uff25\uff2c\uff30".Normalize(NormalizationForm.FormKC) != "HELP")
        {
            return "ICU is not active: install libicu and do not set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT";
        }

        try
        {
            using var zawgyi = Icu.Transliterator.CreateInstance("Zawgyi-my");
            return zawgyi.Transliterate("\u1000\u101a\u1039\u1015\u102b") is { Length: > 0 } ? null : "ICU cannot read Zawgyi";
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException or ArgumentException or FileNotFoundException)
        {
            return $"ICU's library cannot be loaded ({e.GetType().Name}): install libicu";
        }
    }
}
