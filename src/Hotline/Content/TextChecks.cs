using System.Globalization;
using System.Text;
using Hotline.Localization;
using Hotline.Resources;
using Hotline.Sources;
using Hotline.Text;

namespace Hotline.Content;

/// <summary>A text as one language says it, and where that stands.</summary>
internal sealed record SpokenText(string Id, string Text, LanguageTag Language, SourceSpan Span);

/// <summary>Checks on one text in one language.</summary>
internal static class TextChecks
{
    private static readonly string[] Placeholders = ["service", "operator", "hours", "secrecy"];

    /// <summary>Look-alikes of plain characters: one of them halves the length of an SMS.</summary>
    private static readonly Dictionary<char, string> LookAlikes = new()
    {
        ['\u2010'] = "-", ['\u2011'] = "-", ['\u2012'] = "-", ['\u2013'] = "-", ['\u2014'] = "-", ['\u2015'] = "-", ['\u2212'] = "-",
        ['\u2018'] = "'", ['\u2019'] = "'", ['\u201A'] = "'", ['\u2032'] = "'", ['\u00B4'] = "'", ['`'] = "'",
        ['\u201C'] = "\"", ['\u201D'] = "\"", ['\u201E'] = "\"", ['\u2033'] = "\"",
        ['\u2026'] = "...", ['\u00A0'] = "a space", ['\u202F'] = "a space", ['\u2009'] = "a space", ['\u200B'] = "nothing",
        ['\u2022'] = "-", ['\u00B7'] = "-", ['\t'] = "a space",
    };

    public static void Nfc(SpokenText text, DiagnosticBag bag)
    {
        if (!text.Text.IsNormalized(NormalizationForm.FormC))
        {
            bag.Error(DiagnosticCodes.NotNfc, text.Span, $"'{text.Id}' is not in Unicode form NFC", "type it again, or save it with a current editor");
        }
    }

    /// <summary>
    /// Zawgyi has the same code points as Unicode Burmese in another meaning; what betrays it for sure is a vowel sign before
    /// its consonant, a stacking sign with nothing to stack, or one of the letters that it has borrowed for shapes.
    /// </summary>
    public static void NoZawgyi(SpokenText text, DiagnosticBag bag)
    {
        if (text.Language != LanguageTag.Burmese)
        {
            return;
        }

        for (var i = 0; i < text.Text.Length; i++)
        {
            var before = i == 0 ? ' ' : text.Text[i - 1];
            var after = i + 1 == text.Text.Length ? ' ' : text.Text[i + 1];
            var sure = text.Text[i] switch
            {
                '\u1031' => before is not ((>= '\u1000' and <= '\u1021') or (>= '\u103B' and <= '\u103F') or '\u1025' or '\u1029'),
                '\u1039' => after is not (>= '\u1000' and <= '\u1021'),
                >= '\u1060' and <= '\u1097' => true,
                _ => false,
            };
            if (sure)
            {
                bag.Error(DiagnosticCodes.Zawgyi, text.Span, $"'{text.Id}' is written in Zawgyi", "write Burmese in Unicode");
                return;
            }
        }
    }

    public static void NeverSaid(SpokenText text, DiagnosticBag bag)
    {
        if (NeverSay.Find(text.Text, text.Language) is { } phrase)
        {
            bag.Error(DiagnosticCodes.NeverSay, text.Span, $"'{text.Id}' says \"{phrase}\", which the line never says",
                "no verdict, no promise, no escape plan: thank, believe, ask about safety, give a choice");
        }
    }

    /// <summary>English and Indonesian fit the 160-character alphabet of SMS if no other character slips in, the Unicode hyphen say.</summary>
    public static void KeepsEncoding(SpokenText text, DiagnosticBag bag)
    {
        if (text.Language != LanguageTag.English && text.Language != LanguageTag.Indonesian)
        {
            return;
        }

        foreach (var rune in text.Text.EnumerateRunes().Where(r => !r.IsBmp || SmsSegments.GsmWidth((char)r.Value) == 0).Distinct())
        {
            var instead = rune.IsBmp && LookAlikes.TryGetValue((char)rune.Value, out var plain) ? $"write {plain} instead" : "use plain letters and signs";
            bag.Error(DiagnosticCodes.FlipsEncoding, text.Span,
                string.Create(CultureInfo.InvariantCulture, $"'{text.Id}' has the character U+{rune.Value:X4}, which makes an SMS cost more than twice as much"),
                instead);
        }
    }

    /// <summary>A number in a text outlives its verification; as a placeholder it vanishes with it.</summary>
    public static void NoNumbers(SpokenText text, DiagnosticBag bag)
    {
        foreach (var run in NumberRuns(text.Text))
        {
            bag.Error(DiagnosticCodes.NumberInText, text.Span, $"'{text.Id}' holds the number {run}",
                "a number to call is written {phone:RESOURCE}; an amount is written with a comma or in words");
        }
    }

    public static void KnownPlaceholders(SpokenText text, ResourceDirectory resources, DiagnosticBag bag)
    {
        foreach (var name in MessageText.Placeholders(text.Text).Distinct())
        {
            if (name.StartsWith("phone:", StringComparison.Ordinal))
            {
                if (resources.Find(name["phone:".Length..]) is null)
                {
                    bag.Error(DiagnosticCodes.UnknownResource, text.Span, $"'{text.Id}' names the resource of {{{name}}}, which does not exist");
                }
            }
            else if (!Placeholders.Contains(name))
            {
                bag.Error(DiagnosticCodes.UnknownPlaceholder, text.Span, $"'{text.Id}' has the placeholder {{{name}}}, which nothing fills",
                    "one of {service} {operator} {hours} {secrecy} {phone:RESOURCE}");
            }
        }

        if (MessageText.HasStrayBrace(text.Text))
        {
            bag.Error(DiagnosticCodes.StrayBrace, text.Span, $"'{text.Id}' has a brace that belongs to no placeholder");
        }
    }

    /// <summary>The line of a number that nobody has verified is left out; something must be left.</summary>
    public static void SomethingLeft(SpokenText text, DiagnosticBag bag)
    {
        if (text.Text.Contains("{phone:", StringComparison.Ordinal)
            && MessageText.Format(text.Text, name => name.StartsWith("phone:", StringComparison.Ordinal) ? null : name).Trim().Length == 0)
        {
            bag.Error(DiagnosticCodes.NothingLeft, text.Span, $"'{text.Id}' would be empty while its number is not verified",
                "put the number on a line of its own, below what is true without it");
        }
    }

    /// <summary>Runs of three and more digits of any script, with spaces or hyphens between; amounts such as 1,000 or 50% are none.</summary>
    private static IEnumerable<string> NumberRuns(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsDigit(text[at]))
            {
                continue;
            }

            var start = at > 0 && text[at - 1] == '+' ? at - 1 : at;
            var end = at + 1;
            while (end < text.Length && (char.IsDigit(text[end])
                || (text[end] is ' ' or '-' or ',' or '.' && end + 1 < text.Length && char.IsDigit(text[end + 1]))))
            {
                end++;
            }

            var run = text[start..end];
            var amount = run.AsSpan().IndexOfAny(',', '.') >= 0 || (end < text.Length && text[end] == '%') || InBraces(text, at);
            if (!amount && run.Count(char.IsDigit) >= 3)
            {
                yield return run;
            }

            at = end - 1;
        }
    }

    private static bool InBraces(string text, int at) =>
        text.LastIndexOf('{', at) is >= 0 and var open && text.IndexOf('}', open) > at;
}
