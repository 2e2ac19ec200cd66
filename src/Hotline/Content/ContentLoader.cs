using System.Collections.Frozen;
using System.Text;
using Hotline.Conversations;
using Hotline.Flows;
using Hotline.Localization;
using Hotline.Resources;
using Hotline.Sources;
using Hotline.Text;
using Hotline.Triage;

namespace Hotline.Content;

/// <summary>Content files → one checked <see cref="ContentSnapshot"/>, or all complaints of one pass.</summary>
public static class ContentLoader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ContentLoad Load(ContentFiles files, ContentLoadOptions options)
    {
        var bag = new DiagnosticBag();
        var parts = Read(files, bag);
        if (parts is null)
        {
            return new(null, bag.Sorted());
        }

        ContentChecks.Run(parts, options, bag);
        return new(bag.HasErrors ? null : parts.Snapshot, bag.Sorted());
    }

    /// <summary>Reads without the cross checks; <c>null</c> when there is not even a readable <c>hotline.yaml</c>.</summary>
    internal static ContentParts? Read(ContentFiles files, DiagnosticBag bag)
    {
        foreach (var path in files.TooLarge)
        {
            bag.Error(DiagnosticCodes.FileTooLarge, SourceSpan.WholeFile(path), "the file is too large",
                $"at most {ContentFiles.MaxFileBytes / 1024 / 1024} MB a file, {ContentFiles.MaxTotalBytes / 1024 / 1024} MB and {ContentFiles.MaxFiles} files in all");
        }

        var texts = Decode(files, bag);
        ReportStrangers(texts, bag);
        var flows = ReadFlows(texts, bag);
        var words = Words.Read(Under(texts, "dialogs/words/"), bag);
        var triage = TriageRules.Read(Under(texts, "dialogs/triage/"), words, bag);
        var resources = ReadResources(texts, bag);
        var catalogs = ReadCatalogs(texts, bag);
        var hotline = texts.FirstOrDefault(t => t.File == LineReader.File);
        if (hotline is null)
        {
            bag.Error(DiagnosticCodes.FileMissing, SourceSpan.WholeFile(LineReader.File), "the file is missing",
                "the content folder must hold 'dialogs' and 'localization'");
            return null;
        }

        if (LineReader.Read(hotline.Text, bag) is not { } line)
        {
            return null;
        }

        var snapshot = new ContentSnapshot
        {
            Version = files.Version,
            Line = line,
            Flows = flows.ToFrozenDictionary(f => f.Id),
            Catalogs = Catalogs.Of(catalogs),
            Words = words.WithCodes(flows.SelectMany(f => f.Codes.Select(c => (c, f.Id.Value)))),
            Triage = triage,
            Resources = resources,
        };
        return new(snapshot, texts, catalogs);
    }

    private static List<SourceText> Decode(ContentFiles files, DiagnosticBag bag)
    {
        var texts = new List<SourceText>();
        foreach (var (path, bytes) in files.All)
        {
            try
            {
                texts.Add(new(path, Utf8.GetString(bytes)));
            }
            catch (DecoderFallbackException e)
            {
                // only "what is before it" decodes surely, so the line is counted in bytes
                var line = 1 + bytes.AsSpan(0, Math.Clamp(e.Index, 0, bytes.Length)).Count((byte)'\n');
                bag.Error(DiagnosticCodes.NotUtf8, new(path, line, 1), "the file is not UTF-8 from here on", "save it as UTF-8");
            }
        }

        return texts;
    }

    /// <summary>A file that nobody reads is a typing mistake in its name, and would be missed by nobody until too late.</summary>
    private static void ReportStrangers(List<SourceText> texts, DiagnosticBag bag)
    {
        string[] rooms = ["flows", "words", "triage", "resources", "campaigns"];
        foreach (var text in texts)
        {
            var known = text.File.Split('/') switch
            {
                ["dialogs", "hotline.yaml"] => true,
                ["dialogs", "triage", "model.txt"] => true,
                ["dialogs", var room, var name] => rooms.Contains(room) && name.EndsWith(".yaml", StringComparison.Ordinal),
                ["localization", var name] => LanguageTag.TryParse(Path.GetFileNameWithoutExtension(name), out var tag) && name == $"{tag}.po",
                _ => false,
            };
            if (!known)
            {
                bag.Error(DiagnosticCodes.UnknownFile, SourceSpan.WholeFile(text.File), "nothing reads this file",
                    "dialogs/hotline.yaml, dialogs/{flows,words,triage,resources}/NAME.yaml, localization/LANGUAGE.po");
            }
        }
    }

    private static List<Flow> ReadFlows(List<SourceText> texts, DiagnosticBag bag)
    {
        var flows = new Dictionary<FlowId, Flow>();
        foreach (var source in Under(texts, "dialogs/flows/"))
        {
            if (FlowReader.Read(source.File, source.Text, bag) is { } flow && !flows.TryAdd(flow.Id, flow))
            {
                bag.Error(DiagnosticCodes.DuplicateFlow, flow.Span, $"the flow '{flow.Id}' stands in {flows[flow.Id].Span.File} too");
            }
        }

        return [.. flows.Values];
    }

    private static ResourceDirectory ReadResources(List<SourceText> texts, DiagnosticBag bag)
    {
        var all = new Dictionary<string, Resource>(StringComparer.Ordinal);
        foreach (var source in Under(texts, "dialogs/resources/"))
        {
            foreach (var resource in ResourceReader.Read(source.File, source.Text, bag))
            {
                if (!all.TryAdd(resource.Id, resource))
                {
                    bag.Error(DiagnosticCodes.DuplicateResource, resource.Span,
                        $"the resource '{resource.Id}' stands in {all[resource.Id].Span} too");
                }
            }
        }

        return ResourceDirectory.Of(all.Values);
    }

    private static Dictionary<LanguageTag, PoFile> ReadCatalogs(List<SourceText> texts, DiagnosticBag bag)
    {
        var catalogs = new Dictionary<LanguageTag, PoFile>();
        foreach (var source in Under(texts, "localization/"))
        {
            if (LanguageTag.TryParse(Path.GetFileNameWithoutExtension(source.File), out var tag))
            {
                catalogs[tag] = PoReader.Read(source.File, source.Text, bag);
            }
        }

        return catalogs;
    }

    private static List<SourceText> Under(List<SourceText> texts, string folder) =>
        [.. texts.Where(t => t.File.StartsWith(folder, StringComparison.Ordinal))];
}
