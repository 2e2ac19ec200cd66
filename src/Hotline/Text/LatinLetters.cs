namespace Hotline.Text;

/// <summary>A key as the language model sees it: letters a to z without marks, one space between words.</summary>
internal static class LatinLetters
{
    /// <summary>The longest run of letters that the model counts.</summary>
    public const int Longest = 4;

    private const int Signs = 27;

    public static string Of(string key) => string.Create(key.Length, key, static (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            var c = Diacritics.Strip(from[i]);
            to[i] = c is >= 'a' and <= 'z' ? c : ' ';
        }
    });

    /// <summary>A number of its own for each run of two to <see cref="Longest"/> signs.</summary>
    public static int Id(ReadOnlySpan<char> run)
    {
        var id = run.Length;
        foreach (var c in run)
        {
            id = (id * Signs) + (c == ' ' ? 0 : c - 'a' + 1);
        }

        return id;
    }

    /// <summary>Calls <paramref name="found"/> with every run in the words, each word between spaces.</summary>
    public static void ForEachRun<T>(string letters, T state, RunFound<T> found)
    {
        Span<char> line = stackalloc char[letters.Length <= 1022 ? letters.Length + 2 : 1024];
        line[0] = ' ';
        var length = 1;
        foreach (var c in letters)
        {
            if (length == line.Length - 1)
            {
                break;
            }

            if (c != ' ' || line[length - 1] != ' ')
            {
                line[length++] = c;
            }
        }

        if (line[length - 1] != ' ')
        {
            line[length++] = ' ';
        }

        for (var at = 0; at < length; at++)
        {
            for (var size = 2; size <= Longest && at + size <= length; size++)
            {
                found(line.Slice(at, size), state);
            }
        }
    }

    public delegate void RunFound<in T>(ReadOnlySpan<char> run, T state);
}
