namespace Hotline.Text;

/// <summary>Text in Latin letters as people type it who leave the marks out.</summary>
public static class LatinText
{
    public static string WithoutMarks(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            var bare = Diacritics.Strip(from[i]);
            to[i] = char.IsUpper(from[i]) ? char.ToUpperInvariant(bare) : bare;
        }
    });
}
