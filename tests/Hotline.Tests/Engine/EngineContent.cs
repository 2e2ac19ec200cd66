using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Hotline.Content;
using Hotline.Conversations;
using Hotline.Flows;
using Hotline.Localization;
using Hotline.Resources;
using Hotline.Sources;
using Hotline.Text;
using Hotline.Triage;
using Xunit;

namespace Hotline.Tests.Engine;

/// <summary>A small line for tests of the engine: every kind of node, short texts, no translations.</summary>
internal static class EngineContent
{
    public static string Folder { get; } = Path.GetDirectoryName(Here())!;

    public static ContentSnapshot Snapshot { get; } = Load();

    public static Conversation Begin() =>
        Conversation.Begin(new("00000000000000000000000000000001"), "test", new(new string('a', 64)), new("test:somebody"));

    public static ContentSnapshot Without(string flow, string node)
    {
        var id = new FlowId(flow);
        var old = Snapshot.Flows[id];
        var changed = old with { Nodes = old.Nodes.Where(n => n.Key != new NodeId(node)).ToFrozenDictionary() };
        return Snapshot with { Flows = Snapshot.Flows.Values.Where(f => f.Id != id).Append(changed).ToFrozenDictionary(f => f.Id) };
    }

    private static ContentSnapshot Load()
    {
        var bag = new DiagnosticBag();
        var documents = File.ReadAllText(Path.Combine(Folder, "content", "flows.yaml.txt")).Split("---\n");
        var flows = documents.Select(d => FlowReader.Read("flows.yaml", d, bag)!).ToFrozenDictionary(f => f.Id);
        Assert.Empty(bag.Items);
        return new()
        {
            Version = "0123456789abcdef",
            Line = new()
            {
                Service = Text("service", "Safe Way"),
                Operator = Text("operator", "a test"),
                Hours = Text("hours", "always"),
                SecrecyNote = Text("secrecy", "between us"),
                Countries = ["TH"],
                Languages = LanguageTag.All,
                Welcome = new("welcome"),
                LanguageFlow = new("language"),
                Menu = new("menu"),
                Offer = new("offer"),
                Safety = new("safety"),
                Waiting = new("waiting"),
                Closing = new("closing"),
                Texts = SystemText.All.ToFrozenDictionary(n => n, n => Text(n, $"<{n}>")),
            },
            Flows = flows,
            Catalogs = Catalogs.Empty,
            Words = Words.Empty,
            Triage = TriageRules.Empty,
            Resources = ResourceDirectory.Of([]),
        };
    }

    private static TextRef Text(string name, string text) => new($"hotline/{name}", text, default);

    private static string Here([CallerFilePath] string file = "") => file;
}
