using Hotline.Sources;

namespace Hotline.Localization;

/// <summary>The line grammar of PO: comments, keywords and quoted strings become entries.</summary>
internal sealed class PoLines
{
    private readonly string _file;
    private readonly DiagnosticBag _bag;
    private readonly List<PoEntry> _entries = [];
    private PoDraft _draft = new();
    private int _line;

    private PoLines(string file, DiagnosticBag bag)
    {
        _file = file;
        _bag = bag;
    }

    public static IReadOnlyList<PoEntry> Entries(string file, string text, DiagnosticBag bag)
    {
        var reader = new PoLines(file, bag);
        foreach (var line in text.Split('\n'))
        {
            reader._line++;
            reader.ReadLine(line.TrimEnd('\r'));
        }

        reader.Finish();
        return reader._entries;
    }

    private void ReadLine(string line)
    {
        var at = 0;
        SkipBlank(line, ref at);
        if (at == line.Length)
        {
            return;
        }

        if (line[at] != '#')
        {
            ReadMessage(line, at, obsolete: false, previous: false);
            return;
        }

        var kind = at + 1 < line.Length ? line[at + 1] : ' ';
        if (kind == '~')
        {
            var previous = at + 2 < line.Length && line[at + 2] == '|';
            ReadMessage(line, at + (previous ? 3 : 2), obsolete: true, previous);
            return;
        }

        if (_draft.HasText)
        {
            Finish();
        }

        switch (kind)
        {
            case '.':
                _draft.Extracted.Add(line[(at + 2)..]);
                break;
            case ':':
                _draft.References.AddRange(line[(at + 2)..].Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
                break;
            case ',':
                _draft.Flags.AddRange(line[(at + 2)..].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
                break;
            case '|':
                ReadMessage(line, at + 2, obsolete: false, previous: true);
                break;
            default:
                _draft.Comments.Add(line[(at + 1)..]);
                break;
        }
    }

    private void ReadMessage(string line, int at, bool obsolete, bool previous)
    {
        SkipBlank(line, ref at);
        if (at == line.Length)
        {
            return;
        }

        var start = at;
        if (line[at] != '"')
        {
            while (at < line.Length && line[at] is not (' ' or '\t' or '"'))
            {
                at++;
            }

            var keyword = line[start..at];
            if (StartsEntry(keyword, previous, obsolete))
            {
                Finish();
            }

            _draft.Obsolete |= obsolete;
            if (!_draft.Begin(keyword, previous, new(_file, _line, start + 1)))
            {
                _bag.Error(DiagnosticCodes.PoSyntax, new(_file, _line, start + 1), $"'{keyword}' is not expected here",
                    "an entry is msgctxt, msgid, msgstr in this order");
                _draft.Broken = true;
                return;
            }

            SkipBlank(line, ref at);
        }

        ReadString(line, at);
    }

    private bool StartsEntry(string keyword, bool previous, bool obsolete) =>
        _draft.HasText && (previous || !keyword.StartsWith("msgstr", StringComparison.Ordinal))
        || (_draft.HasId && keyword == "msgctxt" && !previous)
        || (_draft.Broken && !previous && (keyword == "msgctxt" || (keyword == "msgid" && !_draft.HasAny)))
        || (_draft.HasAny && obsolete && !_draft.Obsolete);

    private void ReadString(string line, int at)
    {
        if (at >= line.Length || line[at] != '"')
        {
            Fault(at, "a quoted string is wanted here");
            return;
        }

        var value = PoText.Unescape(line.AsSpan(at + 1), out var used, out var fault);
        if (fault is not null)
        {
            Fault(at + 1 + used, fault);
            return;
        }

        var end = at + 1 + used;
        SkipBlank(line, ref end);
        if (end < line.Length)
        {
            Fault(end, "text after the closing quote");
        }
        else if (!_draft.Append(value))
        {
            Fault(at, "a string without msgid or msgstr before it");
        }
    }

    private void Fault(int at, string text)
    {
        _bag.Error(DiagnosticCodes.PoSyntax, new(_file, _line, at + 1), text);
        _draft.Broken = true;
    }

    private void Finish()
    {
        if (_draft.HasId && !_draft.HasText && !_draft.Broken)
        {
            _bag.Error(DiagnosticCodes.PoSyntax, _draft.Span, "msgstr is missing");
        }
        else if (!_draft.Broken && _draft.ToEntry() is { } entry)
        {
            _entries.Add(entry);
        }

        _draft = new();
    }

    private static void SkipBlank(string line, ref int at)
    {
        while (at < line.Length && line[at] is ' ' or '\t')
        {
            at++;
        }
    }
}
