using System.Runtime.CompilerServices;
using System.Text.Json;
using Hotline.Cli;
using Hotline.Cli.Measuring;
using Hotline.Localization;
using Hotline.Triage;
using Xunit;

namespace Hotline.Tests.Cli;

/// <summary><c>evaluate</c> and <c>train</c> on a content of three danger words and samples made for this.</summary>
public sealed class MeasuringTests : IDisposable
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "../../.."));

    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-measure").FullName;
    private int _id;

    public MeasuringTests()
    {
        foreach (var (name, bytes) in Hotline.Content.ContentFiles.FromFolder(Root).All.Where(f => !f.Key.StartsWith("dialogs/triage/", StringComparison.Ordinal)))
        {
            Write(name, bytes);
        }

        Write("dialogs/triage/rules.yaml", """
            concepts: [red, amber, yellow]
            rules:
              - { id: red, level: R0, indicator: i, all: [red] }
              - { id: amber, level: R1, indicator: i, all: [amber] }
              - { id: yellow, level: R2, indicator: i, all: [yellow] }
            """u8.ToArray());
        Write("dialogs/triage/en.yaml", "language: en\nconcepts: { red: [redword], amber: [amberword], yellow: [yellowword] }\n"u8.ToArray());
    }

    [Fact]
    public void Evaluate_prints_each_share_with_its_interval_and_n()
    {
        WriteSamples(
        [
            .. Take(4, false, "R0", "risk", "redword"), .. Take(1, false, "R0", "risk", "yellowword"), .. Take(1, false, "R0", "risk", "calm"),
            .. Take(3, false, "R1", "risk", "amberword"), .. Take(1, false, "R1", "risk", "yellowword"),
            .. Take(2, false, "R2", "risk", "yellowword"),
            .. Take(9, false, "R3", "plain", "calm"), .. Take(1, false, "R3", "plain", "amberword"),
            .. Take(3, false, "R3", "hard", "calm"), .. Take(1, false, "R3", "hard", "yellowword"),
            .. Take(2, true, "R0", "risk", "redword"), .. Take(1, true, "R0", "risk", "calm secret"), .. Take(5, true, "R3", "plain", "calm")]);

        var (code, output, error) = Run($"evaluate {_folder}/samples");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            ["90.0 % (60–98), n=10", "66.7 % (30–90), n=6", "70.0 % (40–89), n=10", "80.8 % (62–91), n=26", "10.0 % (2–40), n=10", "25.0 % (5–70), n=4"],
            Row(output, "Development", "en"));
        Assert.Equal(
            ["66.7 % (21–94), n=3", "66.7 % (21–94), n=3", "66.7 % (21–94), n=3", "87.5 % (53–98), n=8", "0.0 % (0–43), n=5", "–"],
            Row(output, "Set aside", "all"));
        Assert.Contains("en d5 missed: R0 risk", output, StringComparison.Ordinal);
        Assert.Equal(4, output.Split('\n').Count(l => l.StartsWith("en d", StringComparison.Ordinal)));
        Assert.DoesNotContain("secret", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_by_hand_and_form()
    {
        WriteSamples([.. Take(2, false, "R0", "risk", "redword", hand: "a"), .. Take(1, false, "R0", "risk", "calm", hand: "b", form: "slang")]);

        Assert.Equal("100.0 % (34–100), n=2", Row(Run($"evaluate {_folder}/samples --by hand").Out, "Development", "a")[0]);
        Assert.Equal("0.0 % (0–79), n=1", Row(Run($"evaluate {_folder}/samples --by form").Out, "Development", "slang")[0]);
    }

    [Fact]
    public void A_revealed_text_is_development_from_then_on()
    {
        WriteSamples([.. Take(1, false, "R0", "risk", "redword"), .. Take(2, true, "R0", "risk", "calm hidden")]);

        var (code, output, _) = Run($"evaluate {_folder}/samples --reveal d1");
        var (_, after, _) = Run($"evaluate {_folder}/samples");

        Assert.Equal(0, code);
        Assert.Contains("d1: R0 risk calm hidden", output, StringComparison.Ordinal);
        Assert.Equal("d1\n", File.ReadAllText($"{_folder}/samples/revealed.txt"));
        Assert.Contains("n=2", Row(after, "Development", "en")[0], StringComparison.Ordinal);
        Assert.Contains("en d1 missed", after, StringComparison.Ordinal);
        Assert.Contains("n=1", Row(after, "Set aside", "en")[0], StringComparison.Ordinal);
        Assert.Equal(1, Run($"evaluate {_folder}/samples --reveal nobody").Code);
    }

    [Theory]
    [InlineData("nonsense", "not valid JSON in UTF-8")]
    [InlineData("""{"id":"x","text":"t","level":"R0","kind":"risk","language":"en","hand":"a"}""", "'review' is missing")]
    [InlineData("""{"id":"x","text":"t","level":"R0","kind":"risk","language":"en","review":"draft"}""", "'hand' is missing")]
    [InlineData("""{"id":"x","text":"t","level":"R4","kind":"risk","language":"en","review":"draft","hand":"a"}""", "'level' must be R0, R1, R2 or R3")]
    [InlineData("""{"id":"d0","text":"t","level":"R0","kind":"risk","language":"en","review":"draft","hand":"a"}""", "the id 'd0' stands twice")]
    public void A_bad_line_is_refused_with_its_place(string line, string fault)
    {
        WriteSamples([.. Take(1, false, "R0", "risk", "redword")]);
        File.AppendAllText($"{_folder}/samples/en.jsonl", line + "\n");

        var (code, _, error) = Run($"evaluate {_folder}/samples");

        Assert.Equal(1, code);
        Assert.Equal($"en.jsonl:2: {fault}", error.Trim());
    }

    [Fact]
    public void Train_gives_the_same_bytes_and_the_model_notices_what_no_rule_does()
    {
        WriteExamples();

        Assert.Equal(0, Run($"train --content {_folder}").Code);
        var first = File.ReadAllBytes($"{_folder}/dialogs/triage/model.txt");
        Assert.Equal(0, Run($"train --content {_folder}").Code);
        var (_, judged, error) = Run($"triage --content {_folder}", """{"id":1,"text":"the boss keeps the gate shut again"}{"id":2,"text":"what does the visa cost again"}""");

        Assert.Equal(first, File.ReadAllBytes($"{_folder}/dialogs/triage/model.txt"));
        Assert.Equal("", error);
        var lines = judged.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.NotEqual("R3", lines[0].GetProperty("level").GetString());
        Assert.Equal("model", lines[0].GetProperty("hits")[0].GetProperty("rule").GetString());
        Assert.Equal("R3", lines[1].GetProperty("level").GetString());
    }

    /// <summary>When this fails, somebody changed words, rules, examples or texts: <c>./hotline train</c>, <c>./hotline evaluate --folds 5</c>, and commit the model.</summary>
    [Fact]
    public void The_model_of_the_repository_is_what_train_makes_of_its_data()
    {
        Assert.Equal(0, Run($"train --content {Root} --to {_folder}/model.txt").Code);

        Assert.True(
            File.ReadAllBytes($"{_folder}/model.txt").AsSpan().SequenceEqual(File.ReadAllBytes($"{Root}/dialogs/triage/model.txt")),
            "dialogs/triage/model.txt is out of date: run ./hotline train");
    }

    [Fact]
    public void Folds_judge_each_development_text_once_and_never_look_at_the_set_aside()
    {
        WriteExamples();
        WriteSamples(
        [
            .. Take(20, false, "R1", "risk", "my boss keeps the gate shut"), .. Take(20, false, "R3", "plain", "what does the visa cost"),
            .. Take(5, true, "R1", "risk", "zzzz qqqq xxxx secret")]);

        var (code, output, _) = Run($"evaluate {_folder}/samples --folds 4 --content {_folder}");
        Directory.Move($"{_folder}/samples", $"{_folder}/tests/triage");
        Assert.Equal(0, Run($"train --content {_folder}").Code);

        Assert.Equal(0, code);
        Assert.Equal(["100.0 % (84–100), n=20", "–"], Row(output, "Development", "en")[..2]);
        Assert.DoesNotContain("secret", output + File.ReadAllText($"{_folder}/dialogs/triage/model.txt"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r\tabc\t1", "four cells")]
    [InlineData("r\tabc\t1\tmuch", "no whole number")]
    [InlineData("x\tabc\t1\t1", "kind 'x'")]
    [InlineData("c\tblue\t1\t1", "concept 'blue'")]
    [InlineData("r\tabc\t1\t1\nr\tabc\t2\t2", "stands twice")]
    [InlineData("threshold\tRunic\t1\t1\t1", "script 'Runic'")]
    public void A_faulty_model_is_refused_with_its_place(string lines, string fault)
    {
        Write("dialogs/triage/model.txt", System.Text.Encoding.UTF8.GetBytes($"# a\n{lines}\n"));

        var (code, output, _) = Run($"check --content {_folder}");

        Assert.Equal(1, code);
        Assert.Contains($"dialogs/triage/model.txt:{1 + lines.Split('\n').Length}:1: error HL403", output, StringComparison.Ordinal);
        Assert.Contains(fault, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evaluate {0}/samples --language xx", "xx")]
    [InlineData("choose --options -1", "--options must be a number from 1 to 99")]
    [InlineData("choose --options 0", "--options must be a number from 1 to 99")]
    public void An_option_that_cannot_be_is_refused_and_not_passed_over(string arguments, string fault)
    {
        WriteSamples([.. Take(1, false, "R0", "risk", "redword")]);

        var (code, output, error) = Run(arguments.Replace("{0}", _folder, StringComparison.Ordinal));

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(fault, error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WriteExamples()
    {
        Directory.CreateDirectory($"{_folder}/tests");
        string[] danger = ["the boss keeps the gate shut", "we may not go through the gate", "boss took the key of the gate", "gate is shut and boss beats"];
        string[] harmless = ["what does the visa cost", "how long does the visa take", "where is the visa office", "thank you for the visa advice"];
        Write("dialogs/triage/examples/en.tsv", System.Text.Encoding.UTF8.GetBytes(string.Concat(
            Enumerable.Range(0, 40).Select(i => $"R1\trisk\t{danger[i % 4]} now {i}\nR3\tplain\t{harmless[i % 4]} now {i}\n"))));
    }

    /// <summary>The first texts of this kind that are set aside, or are not.</summary>
    private List<string> Take(int count, bool setAside, string level, string kind, string text, string hand = "a", string form = "native")
    {
        var lines = new List<string>();
        for (var i = 0; lines.Count < count; i++)
        {
            var sample = new TriageSample($"d{_id}", $"{text} {level} {i}", Enum.Parse<TriageLevel>(level), kind, LanguageTag.English, "", "", form, "draft", hand);
            if (sample.IsSetAside == setAside)
            {
                _id++;
                lines.Add(JsonSerializer.Serialize(new { id = sample.Id, text = sample.Text, level, kind, language = "en", form, review = "draft", hand }));
            }
        }

        return lines;
    }

    private void WriteSamples(List<string> lines) => Write("samples/en.jsonl", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));

    private void Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private static string[] Row(string output, string title, string row) =>
        output[output.IndexOf(title, StringComparison.Ordinal)..].Split('\n')
            .First(l => l.TrimStart(' ', '│').StartsWith(row + " ", StringComparison.Ordinal))
            .Split('│', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[1..];

    private (int Code, string Out, string Error) Run(string arguments, string input = "")
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var bytes = System.Text.Encoding.UTF8.GetBytes(input.Replace("}{", "}\n{", StringComparison.Ordinal));
        var code = Tool.Run(
            arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            new Terminal(new MemoryStream(bytes), output, error, _folder, TimeProvider.System));
        return (code, output.ToString(), error.ToString());
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
