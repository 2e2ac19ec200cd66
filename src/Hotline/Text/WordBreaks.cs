using Icu;

namespace Hotline.Text;

/// <summary>
/// Word boundaries by ICU's dictionaries, asked only when a short word was found. ICU sees the run around
/// the hit up to a space or another script, no more than it needs to find its pace; one iterator per thread.
/// </summary>
internal ref struct WordBreaks(NormalizedText text)
{
    private const int Reach = 80;
    private const int Margin = 8;

    [ThreadStatic]
    private static RuleBasedBreakIterator? _iterator;

    private int _from;
    private int _to;

    public bool IsBreak(int at)
    {
        if (at <= 0 || at >= text.Length || text.HasGapBefore(at))
        {
            return true;
        }

        // a space or a change between scripts needs no dictionary
        if (!Scripts.IsSpaceless(text[at - 1]) || !Scripts.IsSpaceless(text[at]))
        {
            return true;
        }

        if (_to == 0 || !IsInside(at))
        {
            Open(at);
        }

        return _iterator!.IsBoundary(at - _from); // made by Open
    }

    private readonly bool IsInside(int at) =>
        at > _from && at < _to && (at - _from >= Margin || IsEnd(_from)) && (_to - at >= Margin || IsEnd(_to));

    /// <summary>No word reaches over this place.</summary>
    private readonly bool IsEnd(int at) =>
        at <= 0 || at >= text.Length || text.HasGapBefore(at) || !Scripts.IsSpaceless(text[at - 1]) || !Scripts.IsSpaceless(text[at]);

    private void Open(int at)
    {
        _from = at - 1;
        while (!IsEnd(_from) && (at - _from < Reach || !ClusterEdges.IsEdge(text.Span, _from)))
        {
            _from--;
        }

        _to = at + 1;
        while (!IsEnd(_to) && (_to - at < Reach || !ClusterEdges.IsEdge(text.Span, _to)))
        {
            _to++;
        }

        _iterator ??= (RuleBasedBreakIterator)BreakIterator.CreateWordInstance(new Locale("th"));
        _iterator.SetText(text.Span[_from.._to].ToString());
    }
}
