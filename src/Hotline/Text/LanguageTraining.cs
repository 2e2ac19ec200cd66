namespace Hotline.Text;

/// <summary>Makes the language model from the sample files. The same files give the same text, byte by byte.</summary>
public static class LanguageTraining
{
    /// <param name="files">Name of the class (<c>en</c>, <c>vi</c>, <c>th-Latn</c> …) and the text of its file; other scripts are passed over.</param>
    public static string Train(IEnumerable<(string Class, string Text)> files) => LatinModel.Train(
        from file in files
        where IsLatin(file.Class)
        from message in SampleFile.Messages(file.Text)
        where !SampleFile.IsKeptForMeasuring(message)
        select (file.Class, TextNormalizer.Key(message)));

    /// <summary>How Zawgyi and Unicode differ, from Burmese texts in Unicode.</summary>
    public static string Zawgyi(IEnumerable<(string Class, string Text)> files) => ZawgyiDetector.Train(
        files.Where(f => f.Class == "my").SelectMany(f => SampleFile.Messages(f.Text)).Where(m => !SampleFile.IsKeptForMeasuring(m)));

    public static bool IsLatin(string name) => name is "en" or "vi" or "id" || name.EndsWith("-Latn", StringComparison.Ordinal);

    /// <summary>
    /// The words that exist: of five letters or more in the languages that phrases are mended in, and all of <c>words</c>, a list
    /// of words that only look like those of danger.
    /// </summary>
    public static string KnownWords(IEnumerable<(string Class, string Text)> files)
    {
        var words = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (name, text) in files.Where(f => f.Class is "en" or "vi" or "id" or "words"))
        {
            words.UnionWith(SampleFile.Messages(text)
                .SelectMany(m => LatinLetters.Of(TextNormalizer.Key(m)).Split(' '))
                .Where(w => w.Length >= 5));
        }

        return string.Concat(words.Select(w => w + "\n"));
    }
}
