using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Hotline.Sources;

/// <summary>A YAML value that remembers where it stood. Anchors, tags and aliases are refused: content stays plain.</summary>
public abstract record YamlNode(SourceSpan Span);

public sealed record YamlScalar(SourceSpan Span, string Value) : YamlNode(Span);

public sealed record YamlList(SourceSpan Span, IReadOnlyList<YamlNode> Items) : YamlNode(Span);

public sealed record YamlEntry(SourceSpan KeySpan, string Key, YamlNode Value);

public sealed record YamlMapping(SourceSpan Span, IReadOnlyList<YamlEntry> Entries) : YamlNode(Span);

/// <summary>Reads one YAML document into nodes with positions; every fault goes to the bag.</summary>
public static class YamlReader
{
    /// <summary>Nesting deeper than this is refused, so that a hostile file cannot exhaust the stack.</summary>
    private const int MaxDepth = 32;

    /// <summary>The root mapping, or <c>null</c> when the text is no YAML mapping (the bag says why).</summary>
    public static YamlMapping? Read(string file, string text, DiagnosticBag bag)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
            {
                bag.Error(DiagnosticCodes.YamlSyntax, SourceSpan.WholeFile(file), "the file is empty");
                return null;
            }

            var root = ReadNode(file, parser, bag, 0);
            parser.Consume<DocumentEnd>();
            if (parser.TryConsume<DocumentStart>(out var second))
            {
                bag.Error(DiagnosticCodes.YamlSyntax, At(file, second.Start), "one document per file", "remove the '---'");
            }

            if (root is YamlMapping mapping)
            {
                return mapping;
            }

            bag.Error(DiagnosticCodes.WrongKind, root.Span, "the file must be a mapping of keys to values");
            return null;
        }
        catch (YamlException e)
        {
            bag.Error(DiagnosticCodes.YamlSyntax, At(file, e.Start), $"not readable as YAML: {Plain(e)}");
            return null;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            // the scanner's own checks, on text that is no YAML in an unforeseen way ("[a" followed by "b: c")
            bag.Error(DiagnosticCodes.YamlSyntax, parser.Current is { } last ? At(file, last.End) : SourceSpan.WholeFile(file),
                "not readable as YAML after this place");
            return null;
        }
    }

    private static YamlNode ReadNode(string file, Parser parser, DiagnosticBag bag, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new YamlException(parser.Current!.Start, parser.Current.End, $"nested deeper than {MaxDepth}");
        }

        if (parser.Accept<AnchorAlias>(out var alias))
        {
            throw new YamlException(alias.Start, alias.End, "aliases (*name) are not used in content files");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            RefuseAnchor(scalar);
            return new YamlScalar(At(file, scalar.Start), scalar.Value);
        }

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            RefuseAnchor(sequence);
            var items = new List<YamlNode>();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(file, parser, bag, depth + 1));
            }

            return new YamlList(At(file, sequence.Start), items);
        }

        var map = parser.Consume<MappingStart>();
        RefuseAnchor(map);
        var entries = new List<YamlEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.Consume<Scalar>();
            var span = At(file, key.Start);
            var value = ReadNode(file, parser, bag, depth + 1);
            if (seen.Add(key.Value))
            {
                entries.Add(new(span, key.Value, value));
            }
            else
            {
                bag.Error(DiagnosticCodes.DuplicateKey, span, $"'{key.Value}' stands twice in one mapping");
            }
        }

        return new YamlMapping(At(file, map.Start), entries);
    }

    private static void RefuseAnchor(NodeEvent node)
    {
        if (!node.Anchor.IsEmpty)
        {
            throw new YamlException(node.Start, node.End, "anchors (&name) are not used in content files");
        }
    }

    private static SourceSpan At(string file, Mark mark) => new(file, (int)mark.Line, (int)mark.Column);

    private static string Plain(YamlException e) => (e.InnerException?.Message ?? e.Message).ReplaceLineEndings(" ");
}
