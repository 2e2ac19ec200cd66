using System.Reflection;

namespace Hotline.Text;

/// <summary>Words that exist and so are no misspelling of another: those of the samples, and a list of look-alikes beside them.</summary>
internal static class KnownWords
{
    private static readonly Lazy<HashSet<string>> Words = new(Load);

    public static bool Contains(ReadOnlySpan<char> word) => Words.Value.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static HashSet<string> Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("latin.words")
            ?? throw new InvalidOperationException("the library was built without its list of words");
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
    }
}
