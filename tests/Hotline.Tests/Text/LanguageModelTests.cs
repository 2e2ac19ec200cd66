using Hotline.Cli.Languages;
using Hotline.Text;
using Xunit;

namespace Hotline.Tests.Text;

/// <summary>The shipped language model: made from the samples in the repository, and as good as it is said to be.</summary>
public sealed class LanguageModelTests
{
    private static readonly string Folder = Path.Combine(ContentFolder.Root, "src", "Hotline", "Text", "Samples");

    private static readonly List<LanguageMeasure> Measured = [.. LanguageMeasure.Of(Folder)];

    [Fact]
    public void The_samples_give_the_shipped_files()
    {
        const string advice = "samples and model differ: run './hotline train-language' and commit both";
        Assert.True(Shipped("latin.model") == LanguageTraining.Train(TrainLanguageCommand.Files(Folder)), advice);
        Assert.True(Shipped("latin.words") == LanguageTraining.KnownWords(TrainLanguageCommand.Files(Folder)), advice);
        Assert.True(Shipped("zawgyi.model") == LanguageTraining.Zawgyi(TrainLanguageCommand.Files(Folder)), advice);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("vi")]
    [InlineData("vi, no marks")]
    [InlineData("id")]
    public void Three_words_not_learnt_from_are_enough(string name)
    {
        var (hits, total) = Measured.First(m => m.Name == name).ThreeWords;
        Assert.True(total >= 150 && hits >= 0.97 * total, $"{name}: {hits} of {total}");
    }

    [Fact]
    public void Other_languages_in_Latin_letters_are_seldom_taken_for_ours()
    {
        var others = Measured.Where(m => m.Name.EndsWith("-Latn", StringComparison.Ordinal)).ToList();
        var (hits, total) = (others.Sum(m => m.Whole.Hits), others.Sum(m => m.Whole.Total));
        Assert.True(hits >= 0.93 * total, $"{hits} of {total}");
    }

    [Fact]
    public void Scripts_are_told_apart()
    {
        var scripts = Measured.Where(m => m.ThreeWords.Total == 0).ToList();
        var (hits, total) = (scripts.Sum(m => m.Whole.Hits), scripts.Sum(m => m.Whole.Total));
        Assert.True(total >= 200 && hits >= 0.995 * total, string.Join('\n', scripts.SelectMany(m => m.Misses)));
    }

    private static string Shipped(string name) => File.ReadAllText(Path.Combine(Folder, "..", name));
}
