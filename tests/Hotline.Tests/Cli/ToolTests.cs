using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Hotline.Cli;
using Xunit;

namespace Hotline.Tests.Cli;

public sealed class ToolTests : IDisposable
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "../../.."));

    private readonly string _folder = Directory.CreateTempSubdirectory("hotline-tool").FullName;

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("check --nonsense")]
    [InlineData("choose")]
    [InlineData("choose --options 0")]
    [InlineData("choose --options many")]
    [InlineData("choose --options 3 --language de")]
    [InlineData("test /no/such/folder")]
    public void Wrong_use_is_2_and_says_why(string arguments)
    {
        var (code, output, error) = Run(arguments);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("check")]
    [InlineData("extract")]
    [InlineData("sync")]
    [InlineData("coverage")]
    [InlineData("triage")]
    [InlineData("chat")]
    public void A_folder_without_content_is_2(string command) =>
        Assert.Equal(2, Run($"{command} --content {_folder}").Code);

    [Fact]
    public void Check_of_the_repository_is_well_and_strict_finds_the_unverified_entries()
    {
        Assert.Equal(0, Run("check").Code);

        var (code, output, _) = Run("check --strict");
        Assert.Equal(1, code);
        Assert.Contains("error HL501", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_of_bad_content_is_1_and_other_commands_are_2_with_the_error()
    {
        CopyContent();
        File.AppendAllText(Path.Combine(_folder, "dialogs", "hotline.yaml"), "\ncolour: red\n");

        var (code, output, _) = Run($"check --content {_folder}");
        Assert.Equal(1, code);
        Assert.Contains("error HL102: 'colour' is not known here", output, StringComparison.Ordinal);

        var (other, _, error) = Run($"triage --content {_folder}");
        Assert.Equal(2, other);
        Assert.Contains("HL102", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Segments_answers_line_for_line_and_a_bad_line_in_its_place()
    {
        byte[] notUtf8 = [.. "{\"id\":1,\"text\":\""u8, 0xE0, 0xB8, .. "\"}\n"u8];
        var input = new MemoryStream();
        input.Write("\uFEFF{\"id\":\"a\",\"text\":\"hi\"}\r\n"u8);
        input.Write("nonsense\n\n[]\n{\"id\":1}\n{\"text\":\"x\"}\n{\"id\":1,\"text\":2}\n"u8);
        input.Write(notUtf8);
        input.Write("{\"id\":1,\"text\":\"\\ud83d\"}\n{\"id\":7,\"text\":\"ไทย€\",\"more\":1}"u8);
        input.Position = 0;

        var (code, output, _) = Run("segments", input);

        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(1, code);
        Assert.Equal("{\"id\":\"a\",\"encoding\":\"GSM-7\",\"units\":2,\"segments\":1}", output.Split('\n')[0]);
        Assert.Equal(Enumerable.Range(2, 8), lines[1..^1].Select(l => l.GetProperty("line").GetInt32()));
        Assert.All(lines[1..^1], l => Assert.NotEmpty(l.GetProperty("error").GetString()!));
        Assert.Equal("{\"id\":7,\"encoding\":\"UCS-2\",\"units\":4,\"segments\":1}", output.TrimEnd('\n').Split('\n')[^1]);
    }

    [Fact]
    public void Choose_triage_and_language_answer_in_order()
    {
        Assert.Equal(
            ["{\"id\":1,\"choice\":2}", "{\"id\":2,\"choice\":null}"],
            Lines("choose --options 3 --language th", "{\"id\":1,\"text\":\"ข้อ ๒\"}\n{\"id\":2,\"text\":\"7\"}\n"));
        Assert.Equal(["{\"id\":1,\"level\":\"R3\",\"indicators\":[],\"hits\":[]}"], Lines("triage", "{\"id\":1,\"text\":\"\"}\n"));
        Assert.StartsWith("{\"id\":1,\"language\":", Assert.Single(Lines("language", "{\"id\":1,\"text\":\"สวัสดี\"}\n")), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_longer_than_the_buffer_are_read_whole()
    {
        var text = new string('x', 200_000);

        Assert.Equal(
            ["{\"id\":1,\"encoding\":\"GSM-7\",\"units\":200000,\"segments\":1308}", "{\"id\":2,\"encoding\":\"GSM-7\",\"units\":1,\"segments\":1}"],
            Lines("segments", $"{{\"id\":1,\"text\":\"{text}\"}}\n{{\"id\":2,\"text\":\"y\"}}\n"));
    }

    [Fact]
    public void Sync_of_changed_content_updates_every_catalog_once()
    {
        CopyContent();
        var hotline = Path.Combine(_folder, "dialogs", "hotline.yaml");
        var text = File.ReadAllText(hotline);
        Assert.Contains("OK. Nothing is erased.", text, StringComparison.Ordinal);
        File.WriteAllText(hotline, text.Replace("OK. Nothing is erased.", "OK. All stays.", StringComparison.Ordinal));

        var (first, _, _) = Run($"sync --content {_folder}");
        var catalog = File.ReadAllText(Path.Combine(_folder, "localization", "th.po"));
        var (second, unchanged, _) = Run($"sync --content {_folder}");

        Assert.Equal((0, 0), (first, second));
        Assert.Contains("#, fuzzy\n#| msgid \"OK. Nothing is erased.\"\nmsgctxt \"hotline/delete_kept\"\nmsgid \"OK. All stays.\"\n", catalog, StringComparison.Ordinal);
        Assert.Equal(7, unchanged.Split("unchanged").Length - 1);
    }

    [Fact]
    public void Chat_greets_answers_and_takes_commands()
    {
        var (code, output, _) = Run("chat --language th --events", new MemoryStream("ไม่รู้\n/timeout\n/join\n/what\n/quit\n"u8.ToArray()));

        Assert.Equal(0, code);
        Assert.Contains("bot [th]", output, StringComparison.Ordinal);
        Assert.Contains("message_in R", output, StringComparison.Ordinal);
        Assert.Contains("no ticket is open", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_replays_transcripts_and_says_what_went_another_way()
    {
        Assert.Equal(0, Run("test tests/transcripts").Code);

        var transcripts = Directory.CreateDirectory(Path.Combine(_folder, "t")).FullName;
        var source = Directory.GetFiles(Path.Combine(Root, "tests", "transcripts"), "*.yaml").Order().First();
        File.WriteAllText(Path.Combine(transcripts, "a.yaml"), File.ReadAllText(source).Replace("Safe Way", "Another Way", StringComparison.Ordinal));
        var (code, output, _) = Run($"test {transcripts}");

        Assert.Equal(1, code);
        Assert.Contains("1 transcripts, 1 went another way", output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string[] Lines(string arguments, string input)
    {
        var (code, output, error) = Run(arguments, new MemoryStream(Encoding.UTF8.GetBytes(input)));
        Assert.True(code == 0, error);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static (int Code, string Out, string Error) Run(string arguments, Stream? input = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = Tool.Run(
            arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            new Terminal(input ?? Stream.Null, output, error, Root, TimeProvider.System));
        return (code, output.ToString(), error.ToString());
    }

    private void CopyContent()
    {
        foreach (var (name, bytes) in Hotline.Content.ContentFiles.FromFolder(Root).All)
        {
            var path = Path.Combine(_folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, bytes);
        }
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
