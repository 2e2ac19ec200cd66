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

    public static bool IsLatin(string name) => name is "en" or "vi" or "id" || name.EndsWith("-Latn", StringComparison.Ordinal);
}
