using System.Globalization;
using Hotline.Sources;
using Hotline.Text;

namespace Hotline.Triage;

/// <summary>
/// How phrases are written in <c>dialogs/triage/LANG.yaml</c>: <c>(a|b|)</c> stands for each of its alternatives, brackets may
/// stand in brackets, <c>{child}</c> is an age under 18; a first sign sets the policy: <c>=</c> a word by itself (Latin: marks
/// as written), <c>~</c> anywhere, <c>!</c> a longer harmless word that cancels the hits inside it. Without a sign the length
/// decides. A final <c>*</c> lets a Latin word go on.
/// </summary>
internal sealed class PhraseSyntax(PhraseGraph graph, DiagnosticBag bag)
{
    private const int MaxNodes = 20_000;
    private const int MaxDepth = 8;

    private string _text = "";
    private int _at;
    private int _limit;
    private bool _exact;
    private int _depth;

    /// <summary>How many forms the phrases read so far stand for.</summary>
    public long Forms { get; private set; }

    public void Add(YamlScalar written, int id)
    {
        var sign = written.Value[0] is '=' or '~' or '!' ? written.Value[0] : '\0';
        _text = (sign == '\0' ? written.Value : written.Value[1..])
            .Replace("{child}", "(8|9|10|11|12|13|14|15|16|17)", StringComparison.Ordinal);
        (_at, _depth, _exact, _limit) = (0, 0, sign == '=', graph.NodeCount + MaxNodes);
        var start = graph.AddNode();
        var (ends, forms) = Sequence([new(start, '\0', false, false, 0)]);
        if (ends is null || _at < _text.Length)
        {
            bag.Error(DiagnosticCodes.BadValue, written.Span, "brackets do not match, or the phrase is too large");
            return;
        }

        if (ends.Min(e => e.Length) < (sign == '=' ? 1 : 2))
        {
            bag.Error(DiagnosticCodes.WeakPhrase, written.Span, $"too little is left of '{written.Value}' to look for", "use two letters or more");
            return;
        }

        graph.Connect(graph.Root, PhraseGraph.Nothing, start);
        foreach (var end in ends)
        {
            graph.Accept(end.Node, new(id, sign, end.Open));
        }

        Forms += forms;
    }

    /// <summary>Reads up to the next <c>|</c>, <c>)</c> or the end; <c>null</c> on a fault.</summary>
    private (List<End>? Ends, long Forms) Sequence(List<End> from)
    {
        var forms = 1L;
        while (_at < _text.Length && _text[_at] is not ('|' or ')'))
        {
            if (_text[_at] != '(')
            {
                var to = _text.AsSpan(_at).IndexOfAny('(', '|', ')');
                var plain = to < 0 ? _text[_at..] : _text.Substring(_at, to);
                _at += plain.Length;
                from = Plain(from, plain);
                continue;
            }

            if (++_depth > MaxDepth)
            {
                return (null, 0);
            }

            var ends = new List<End>();
            var choices = 0L;
            do
            {
                _at++;
                var (choice, of) = Sequence(from);
                if (choice is null || graph.NodeCount > _limit)
                {
                    return (null, 0);
                }

                ends.AddRange(choice);
                choices += of;
            }
            while (_at < _text.Length && _text[_at] == '|');

            if (_at == _text.Length)
            {
                return (null, 0);
            }

            _at++;
            _depth--;
            from = Join(ends);
            forms = Math.Min(forms * choices, int.MaxValue);
        }

        return _depth == 0 && _at < _text.Length ? (null, 0) : (from, forms);
    }

    private List<End> Plain(List<End> from, string plain)
    {
        var body = TextNormalizer.Key(plain);
        var open = plain.EndsWith('*');
        var before = IsSpace(plain[0]);
        var after = IsSpace(plain[^1]) && !open;
        var ends = new List<End>();
        foreach (var end in from)
        {
            if (body.Length == 0)
            {
                ends.Add(end with { Pending = end.Pending || before || after, Open = open && end.Length > 0 });
                continue;
            }

            var node = end.Node;
            if (end.Length > 0 && (end.Pending || before) && !ClosesUp(end.Last, body[0]))
            {
                node = graph.Follow(node, ' ', exact: true);
            }

            foreach (var unit in body)
            {
                node = graph.Follow(node, unit, _exact);
            }

            var weight = body.Length + (end.Length == 0 && body[0] is >= '\u3400' and <= '\u9fff' ? 1 : 0);
            ends.Add(new(node, body[^1], after, open && body[^1] < 0x250, end.Length + weight));
        }

        return ends;
    }

    /// <summary>Ends that go on alike become one.</summary>
    private List<End> Join(List<End> ends)
    {
        var joined = new List<End>();
        foreach (var alike in ends.GroupBy(e => (KindOf(e.Last), e.Pending, e.Open, e.Length == 0)))
        {
            var all = alike.ToList();
            if (all.Count == 1)
            {
                joined.Add(all[0]);
                continue;
            }

            var node = graph.AddNode();
            foreach (var end in all)
            {
                graph.Connect(end.Node, PhraseGraph.Nothing, node);
            }

            joined.Add(all[0] with { Node = node, Length = all.Min(e => e.Length) });
        }

        return joined;
    }

    private static bool IsSpace(char c) =>
        char.IsWhiteSpace(c) || (c != '\'' && c != '*' && char.IsPunctuation(c)) || char.GetUnicodeCategory(c) == UnicodeCategory.MathSymbol;

    /// <summary>As in a message: scripts without spaces have none in the text that is searched.</summary>
    private static bool ClosesUp(char before, char after) =>
        (Scripts.IsSpaceless(before) && (Scripts.IsSpaceless(after) || char.IsAsciiDigit(after)))
        || (char.IsAsciiDigit(before) && Scripts.IsSpaceless(after));

    private static int KindOf(char last) => Scripts.IsSpaceless(last) ? 1 : char.IsAsciiDigit(last) ? 2 : 0;

    /// <summary>Where one way through the phrase stands.</summary>
    /// <param name="Pending">A space was written and is due before the next letter.</param>
    /// <param name="Length">Units so far, at least; a first Chinese character counts two.</param>
    private readonly record struct End(int Node, char Last, bool Pending, bool Open, int Length);
}
