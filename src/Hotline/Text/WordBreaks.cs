using Icu;

namespace Hotline.Text;

/// <summary>Word boundaries by ICU's dictionaries, asked only when a short word was found: one iterator per thread, one run per message.</summary>
internal ref struct WordBreaks(NormalizedText text)
{
    [ThreadStatic]
    private static RuleBasedBreakIterator? _iterator;

    private bool _ready;

    public bool IsBreak(int at)
    {
        if (at <= 0 || at >= text.Length)
        {
            return true;
        }

        // a space or a change between scripts needs no dictionary
        if (!Scripts.IsSpaceless(text[at - 1]) || !Scripts.IsSpaceless(text[at]))
        {
            return true;
        }

        if (!_ready)
        {
            _iterator ??= (RuleBasedBreakIterator)BreakIterator.CreateWordInstance(new Locale("th"));
            _iterator.SetText(text.ToString());
            _ready = true;
        }

        return _iterator!.IsBoundary(at); // made above
    }
}
