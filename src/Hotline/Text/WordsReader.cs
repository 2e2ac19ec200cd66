using System.Globalization;
using Hotline.Localization;
using Hotline.Sources;

namespace Hotline.Text;

/// <summary>Reads <c>dialogs/words/LANG.yaml</c>. A word of two or more syllables in Vietnamese is also known without its marks.</summary>
internal static class WordsReader
{
    public static IReadOnlyList<WordList> Read(IReadOnlyList<SourceText> files, DiagnosticBag bag)
    {
        var lists = new List<WordList>();
        foreach (var (file, text) in files)
        {
            if (YamlReader.Read(file, text, bag) is { } root && ReadOne(new YamlMap(root, bag), bag) is { } list)
            {
                if (lists.Exists(l => l.Language == list.Language))
                {
                    bag.Error(DiagnosticCodes.DuplicateKey, root.Span, $"words of '{list.Language}' stand in two files");
                    continue;
                }

                lists.Add(list);
            }
        }

        return lists;
    }

    private static WordList? ReadOne(YamlMap map, DiagnosticBag bag)
    {
        var language = map.RequiredText("language");
        map.OptionalText("review");
        if (!LanguageTag.TryParse(language, out var tag))
        {
            bag.Error(DiagnosticCodes.BadValue, map.SpanOf("language"), "'language' is not one of the line's languages");
            return null;
        }

        var list = new WordList(tag);
        foreach (var name in map.Texts("names"))
        {
            foreach (var form in Forms(name, tag, bag))
            {
                list.Names.Add(form);
            }
        }

        Commands(map, list, bag);
        foreach (var (key, set) in new[] { ("yes", list.Yes), ("no", list.No) })
        {
            foreach (var form in map.Texts(key).SelectMany(t => Forms(t, tag, bag)))
            {
                set.Add(form);
            }
        }

        foreach (var word in list.Yes.Intersect(list.No))
        {
            bag.Error(DiagnosticCodes.KeywordShadowed, map.SpanOf("no"), $"'{word}' means both yes and no");
        }

        list.Pleas.AddRange(map.Texts("pleas").Select(t => t.Value));
        list.Fillers.AddRange(map.Texts("fillers").SelectMany(t => Forms(t, tag, bag)).Distinct().OrderByDescending(f => f.Length));
        Numbers(map, list, bag);
        Flows(map, list, bag);
        map.Done();
        return list;
    }

    private static void Commands(YamlMap map, WordList list, DiagnosticBag bag)
    {
        if (map.OptionalMap("commands") is not { } commands)
        {
            return;
        }

        foreach (var command in Enum.GetValues<Command>())
        {
            foreach (var word in commands.Texts(command.ToString().ToLowerInvariant()))
            {
                foreach (var form in Forms(word, list.Language, bag))
                {
                    if (!list.Commands.TryAdd(form, command) && list.Commands[form] != command)
                    {
                        bag.Error(DiagnosticCodes.KeywordShadowed, word.Span, $"'{word.Value}' is already the command {list.Commands[form]}");
                    }
                }
            }
        }

        commands.Done();
    }

    private static void Numbers(YamlMap map, WordList list, DiagnosticBag bag)
    {
        if (map.OptionalMap("numbers") is not { } numbers)
        {
            return;
        }

        foreach (var entry in numbers.Entries)
        {
            if (!int.TryParse(entry.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value is < 1 or > 20)
            {
                bag.Error(DiagnosticCodes.BadValue, entry.KeySpan, "a number from 1 to 20 is wanted here");
                continue;
            }

            foreach (var form in numbers.Texts(entry.Key).SelectMany(t => Forms(t, list.Language, bag)))
            {
                list.Numbers.TryAdd(form, value);
            }
        }
    }

    private static void Flows(YamlMap map, WordList list, DiagnosticBag bag)
    {
        if (map.OptionalMap("flows") is not { } flows)
        {
            return;
        }

        foreach (var entry in flows.Entries)
        {
            var flow = entry.Key;
            list.FlowsNamed.Add((flow, entry.KeySpan));
            foreach (var word in flows.Texts(entry.Key))
            {
                foreach (var form in Forms(word, list.Language, bag))
                {
                    if (list.Commands.TryGetValue(form, out var command))
                    {
                        bag.Error(DiagnosticCodes.KeywordShadowed, word.Span, $"'{word.Value}' is the command {command} and would never start a flow");
                    }
                    else if (!list.Flows.TryAdd(form, flow) && list.Flows[form] != flow)
                    {
                        bag.Error(DiagnosticCodes.KeywordShadowed, word.Span, $"'{word.Value}' already starts {list.Flows[form]}");
                    }
                }
            }
        }
    }

    private static IEnumerable<string> Forms(YamlScalar word, LanguageTag language, DiagnosticBag bag)
    {
        var key = TextNormalizer.Key(word.Value);
        if (key.Length == 0)
        {
            bag.Error(DiagnosticCodes.BadValue, word.Span, "nothing of this word is left to look for", "use letters or digits");
            yield break;
        }

        yield return key;
        if (language == LanguageTag.Vietnamese && key.Contains(' ', StringComparison.Ordinal) && Diacritics.Strip(key) is var bare && bare != key)
        {
            yield return bare;
        }
    }
}
