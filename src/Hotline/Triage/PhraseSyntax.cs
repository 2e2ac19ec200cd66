using Hotline.Sources;
using Hotline.Text;

namespace Hotline.Triage;

/// <summary>
/// How phrases are written in <c>dialogs/triage/LANG.yaml</c>: <c>(a|b|)</c> stands for each of its alternatives, <c>{child}</c>
/// for an age under 18; a first sign sets the policy: <c>=</c> a word by itself (Latin: marks as written), <c>~</c> anywhere, <c>!</c> a longer harmless
/// word that cancels the hits inside it. Without a sign the length decides.
/// </summary>
internal static class PhraseSyntax
{
    private const int MaxForms = 3000;

    public static IReadOnlyList<(string Text, PhrasePolicy Policy)> Expand(YamlScalar written, DiagnosticBag bag)
    {
        var text = written.Value;
        var sign = text[0] is '=' or '~' or '!' ? text[0] : '\0';
        var forms = Alternatives(sign == '\0' ? text : text[1..]);
        if (forms is null)
        {
            bag.Error(DiagnosticCodes.BadValue, written.Span, $"brackets do not match, or more than {MaxForms} forms");
            return [];
        }

        var found = new List<(string, PhrasePolicy)>();
        foreach (var form in forms)
        {
            var open = form.EndsWith('*');
            var key = TextNormalizer.Key(form);
            if (key.Length < (key.Length > 0 && key[0] is >= '\u3400' and <= '\u9fff' ? 1 : 2))
            {
                bag.Error(DiagnosticCodes.WeakPhrase, written.Span, $"too little is left of '{form}' to look for", "use two letters or more");
                continue;
            }

            found.Add((open && key[0] < 0x250 ? key + "*" : key, Policy(sign, key)));
        }

        return found;
    }

    private static PhrasePolicy Policy(char sign, string key) => sign switch
    {
        '=' => PhrasePolicy.Word,
        '~' => PhrasePolicy.Phrase,
        '!' => PhrasePolicy.Not,
        _ when key[0] < 0x250 || key[0] is >= '\u1e00' and <= '\u1eff' => PhrasePolicy.Latin,
        _ when key[0] is >= '\u3400' and <= '\u9fff' => PhrasePolicy.Phrase,
        _ => key.Length >= 5 ? PhrasePolicy.Phrase : PhrasePolicy.Word,
    };

    /// <summary>Every way to read the brackets, or <c>null</c> when they do not match or give too many.</summary>
    private static List<string>? Alternatives(string text)
    {
        text = text.Replace("{child}", "(8|9|10|11|12|13|14|15|16|17)", StringComparison.Ordinal);
        List<string> forms = [""];
        for (var i = 0; i < text.Length;)
        {
            var open = text.IndexOf('(', i);
            var plain = open < 0 ? text[i..] : text[i..open];
            if (plain.Contains(')', StringComparison.Ordinal))
            {
                return null;
            }

            string[] choices = [""];
            i = text.Length;
            if (open >= 0)
            {
                var close = text.IndexOf(')', open);
                if (close < 0)
                {
                    return null;
                }

                choices = text[(open + 1)..close].Split('|');
                i = close + 1;
            }

            if (forms.Count * choices.Length > MaxForms)
            {
                return null;
            }

            forms = [.. from form in forms from choice in choices select form + plain + choice];
        }

        return [.. forms.Select(f => f.Trim()).Distinct(StringComparer.Ordinal)];
    }
}
