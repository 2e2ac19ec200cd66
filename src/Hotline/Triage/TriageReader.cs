using Hotline.Localization;
using Hotline.Sources;
using Hotline.Text;
using Hotline.Triage.Model;

namespace Hotline.Triage;

/// <summary>Reads <c>rules.yaml</c> and the phrases of each language beside it; every fault goes to the bag.</summary>
internal sealed class TriageReader(DiagnosticBag bag)
{
    private const string RulesFile = "rules.yaml";

    private readonly Dictionary<string, int> _concepts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _filled = new(StringComparer.Ordinal);
    private readonly HashSet<(string Text, int Id)> _written = [];
    private readonly Dictionary<string, ConceptSet> _groups = new(StringComparer.Ordinal);
    private readonly PhraseGraph _graph = new();
    private PhraseSyntax? _syntax;

    private PhraseSyntax Syntax => _syntax ??= new(_graph, bag);

    public TriageRules Read(IReadOnlyList<SourceText> files, Words words)
    {
        var rulesFile = files.FirstOrDefault(f => f.File.EndsWith(RulesFile, StringComparison.Ordinal));
        if (rulesFile is null)
        {
            if (files.Count > 0)
            {
                bag.Error(DiagnosticCodes.FileMissing, SourceSpan.WholeFile(files[0].File), $"'{RulesFile}' is missing beside it");
            }

            return TriageRules.Empty;
        }

        if (YamlReader.Read(rulesFile.File, rulesFile.Text, bag) is not { } root)
        {
            return TriageRules.Empty;
        }

        var map = new YamlMap(root, bag);
        ReadConcepts(map);
        ReadGroups(map);
        map.OptionalText("review");
        var modifiers = new TriageModifiers(
            Modifier(map, "negation"), Modifier(map, "past"), Modifier(map, "other"), Modifier(map, "plea"), Modifier(map, "polite"),
            Modifier(map, "turn"), Modifier(map, "self"));
        var rules = map.Maps("rules").Select(ReadRule).OfType<TriageRule>().ToList();
        map.Done();
        foreach (var double_ in rules.GroupBy(r => r.Id).Where(g => g.Count() > 1))
        {
            bag.Error(DiagnosticCodes.DuplicateKey, map.SpanOf("rules"), $"two rules are called '{double_.Key}'");
        }

        foreach (var file in files.Where(f => f != rulesFile && f.File.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            ReadLanguage(file);
        }

        if (modifiers.Plea >= 0)
        {
            foreach (var (language, plea) in words.Pleas)
            {
                AddPhrase(new(SourceSpan.WholeFile(RulesFile), plea), modifiers.Plea, language);
            }
        }

        var names = _concepts.OrderBy(c => c.Value).Select(c => c.Key).ToList();
        var features = new ModelFeatures(names, default(ConceptSet).With(modifiers.Polite), [.. rules.Select(r => r.Id)]);
        var model = files.FirstOrDefault(f => f.File.EndsWith(ModelFile.Name[ModelFile.Name.LastIndexOf('/')..], StringComparison.Ordinal));
        return new TriageRules(new(new(_graph)), Syntax.Forms, rules, modifiers, features)
            .With(model is null ? null : ModelFile.Read(model, features, names, bag));
    }

    private void ReadConcepts(YamlMap map)
    {
        foreach (var concept in map.Texts("concepts"))
        {
            if (_concepts.Count == ConceptSet.Limit)
            {
                bag.Error(DiagnosticCodes.BadValue, concept.Span, $"more than {ConceptSet.Limit} concepts");
                return;
            }

            if (!_concepts.TryAdd(concept.Value, _concepts.Count))
            {
                bag.Error(DiagnosticCodes.DuplicateKey, concept.Span, $"the concept '{concept.Value}' stands twice");
            }
        }
    }

    private int Modifier(YamlMap map, string key) =>
        map.OptionalText(key) is { } name ? Concept(name, map.SpanOf(key)) : -1;

    private int Concept(string name, SourceSpan span)
    {
        if (_concepts.TryGetValue(name, out var concept))
        {
            return concept;
        }

        bag.Error(DiagnosticCodes.UnknownConcept, span, $"the concept '{name}' is not in the list", "add it under 'concepts' in rules.yaml");
        return -1;
    }

    private void ReadGroups(YamlMap map)
    {
        if (map.OptionalMap("groups") is not { } groups)
        {
            return;
        }

        foreach (var entry in groups.Entries)
        {
            if (_concepts.ContainsKey(entry.Key))
            {
                bag.Error(DiagnosticCodes.DuplicateKey, entry.KeySpan, $"'{entry.Key}' is a concept already");
            }

            _groups[entry.Key] = Set(groups.Texts(entry.Key));
        }
    }

    private TriageRule? ReadRule(YamlMap map)
    {
        var id = map.RequiredText("id");
        var level = map.RequiredText("level");
        var indicator = map.RequiredText("indicator");
        var slots = map.Texts("all").Select(Slot).ToList();
        var within = map.OptionalNumber("within", 0, 500) ?? 40;
        var ordered = map.OptionalFlag("ordered");
        var oneSentence = map.OptionalFlag("one_sentence");
        var unsure = map.OptionalFlag("unsure");
        var unless = ReadExcuse(map);
        map.Done();
        if (slots.Count is 0 or > TriageRule.MaxSlots)
        {
            bag.Error(DiagnosticCodes.BadValue, map.Span, $"'all' must name one to {TriageRule.MaxSlots} concepts");
        }

        if (level is not ("R0" or "R1" or "R2" or "hint"))
        {
            bag.Error(DiagnosticCodes.BadValue, map.SpanOf("level"), "'level' must be R0, R1, R2 or hint");
            return null;
        }

        var parsed = level == "hint" ? TriageLevel.R3 : Enum.Parse<TriageLevel>(level);

        return id is null || indicator is null || slots.Count is 0 or > TriageRule.MaxSlots
            ? null
            : new()
            {
                Id = id, Level = parsed, Indicator = indicator, Slots = [.. slots], Within = within,
                Ordered = ordered, OneSentence = oneSentence, Unless = unless, IsUnsure = unsure,
            };
    }

    /// <summary>A list of concepts, or a mapping that says how far they reach.</summary>
    private Excuse? ReadExcuse(YamlMap map)
    {
        if (map.Node("unless") is not YamlMapping node)
        {
            return map.Has("unless") ? new() { Concepts = Set(map.Texts("unless")) } : null;
        }

        var excuse = new YamlMap(node, bag);
        var side = excuse.OptionalText("side") switch
        {
            null or "any" => ExcuseSide.Any,
            "before" => ExcuseSide.Before,
            "after" => ExcuseSide.After,
            _ => (ExcuseSide?)null,
        };
        if (side is null)
        {
            bag.Error(DiagnosticCodes.BadValue, excuse.SpanOf("side"), "'side' must be before, after or any");
        }

        var read = new Excuse
        {
            Concepts = Set(excuse.Texts("any")),
            Within = excuse.OptionalNumber("within", 0, 500) ?? Excuse.UsualReach,
            Side = side ?? ExcuseSide.Any,
            BrokenBy = Set(excuse.Texts("broken_by")),
        };
        if (read.Concepts == default)
        {
            bag.Error(DiagnosticCodes.MissingKey, excuse.Span, "'any' must name the concepts that excuse");
        }

        excuse.Done();
        return read;
    }

    private ConceptSet Slot(YamlScalar names) =>
        Set(names.Value.Split('|', StringSplitOptions.TrimEntries).Select(name => new YamlScalar(names.Span, name)));

    private ConceptSet Set(IEnumerable<YamlScalar> names) => names.Aggregate(default(ConceptSet), (set, name) =>
        _groups.TryGetValue(name.Value, out var group) ? set.And(group) : set.With(Concept(name.Value, name.Span)));

    private void ReadLanguage(SourceText file)
    {
        if (YamlReader.Read(file.File, file.Text, bag) is not { } root)
        {
            return;
        }

        var map = new YamlMap(root, bag);
        map.OptionalText("review");
        if (!LanguageTag.TryParse(map.RequiredText("language"), out var language))
        {
            bag.Error(DiagnosticCodes.BadValue, map.SpanOf("language"), "'language' is not one of the line's languages");
        }
        else if (!_filled.Add(language.Value))
        {
            bag.Error(DiagnosticCodes.DuplicateKey, map.Span, $"phrases of '{language}' stand in two files");
        }
        else if (map.RequiredMap("concepts") is { } concepts)
        {
            foreach (var entry in concepts.Entries)
            {
                var concept = Concept(entry.Key, entry.KeySpan);
                foreach (var phrase in concepts.Texts(entry.Key).Where(_ => concept >= 0))
                {
                    AddPhrase(phrase, concept, language);
                }
            }
        }

        map.Done();
    }

    private void AddPhrase(YamlScalar written, int concept, LanguageTag language)
    {
        var id = Evidence.IdOf(concept, LanguageTag.All.ToList().IndexOf(language));
        if (_written.Add((written.Value, id)))
        {
            Syntax.Add(written, id);
        }
    }
}
