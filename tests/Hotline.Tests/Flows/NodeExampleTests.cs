using System.Text.RegularExpressions;
using Hotline.Flows;
using Hotline.Sources;
using Xunit;

namespace Hotline.Tests.Flows;

/// <summary>The YAML example in the doc comment of every kind of node is read as it stands.</summary>
public sealed partial class NodeExampleTests
{
    public static TheoryData<string> Files() =>
        new(Directory.EnumerateFiles(Path.Combine(Hotline.Tests.Engine.EngineContent.Folder, "../../../src/Hotline/Flows/Nodes"), "*Node.cs").Order(StringComparer.Ordinal).Select(f => Path.GetFileName(f)));

    [Theory]
    [MemberData(nameof(Files))]
    public void Example_IsReadWithoutComplaint(string file)
    {
        var source = File.ReadAllText(Path.Combine(Hotline.Tests.Engine.EngineContent.Folder, "../../../src/Hotline/Flows/Nodes", file));
        var example = string.Join('\n', Example().Match(source).Groups[1].Value.Split('\n').Where(l => l.StartsWith("/// ", StringComparison.Ordinal)).Select(l => "  " + l[4..]));
        var name = example.Trim().Split(':')[0];
        var bag = new DiagnosticBag();

        var flow = FlowReader.Read(file, $"flow: x\nkind: advice\ntitle: X\nstart: {name}\nnodes:\n{example}\n", bag);

        Assert.Empty(bag.Items);
        Assert.Equal(Path.GetFileNameWithoutExtension(file), Assert.Single(flow!.Nodes.Values).GetType().Name);
    }

    [Fact]
    public void Every_kind_has_a_file_with_an_example() => Assert.Equal(FlowReader.Kinds.Count + 1, Files().Count);

    [GeneratedRegex(@"<example><code>\n(.*?)/// </code></example>", RegexOptions.Singleline)]
    private static partial Regex Example();
}
