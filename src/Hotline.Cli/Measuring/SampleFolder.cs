namespace Hotline.Cli.Measuring;

/// <summary>
/// The labelled texts of a folder. What was set aside stays so until somebody has looked at it: its id then stands in
/// <c>revealed.txt</c> beside it, and it counts as development for ever.
/// </summary>
internal sealed class SampleFolder
{
    public const string Revealed = "revealed.txt";

    private readonly HashSet<string> _revealed;

    private SampleFolder(string path, List<TriageSample> samples, List<string> faults, HashSet<string> revealed)
    {
        (Path, Samples, Faults, _revealed) = (path, samples, faults, revealed);
    }

    public string Path { get; }

    public IReadOnlyList<TriageSample> Samples { get; }

    /// <summary><c>file:line: what is wrong</c>.</summary>
    public IReadOnlyList<string> Faults { get; }

    public static SampleFolder Read(string path)
    {
        var samples = new List<TriageSample>();
        var faults = new List<string>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(path, "*.jsonl").Order(StringComparer.Ordinal))
        {
            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                var (sample, fault) = TriageSample.Parse(line);
                fault ??= ids.Add(sample!.Id) ? null : $"the id '{sample.Id}' stands twice";
                if (fault is not null)
                {
                    faults.Add($"{System.IO.Path.GetFileName(file)}:{number}: {fault}");
                }
                else
                {
                    samples.Add(sample!);
                }
            }
        }

        var list = System.IO.Path.Combine(path, Revealed);
        var revealed = File.Exists(list)
            ? File.ReadAllLines(list).Select(l => l.Trim()).Where(l => l.Length > 0).ToHashSet(StringComparer.Ordinal)
            : [];
        return new(path, samples, faults, revealed);
    }

    /// <summary>Nobody who builds has seen it.</summary>
    public bool IsSetAside(TriageSample sample) => sample.IsSetAside && !_revealed.Contains(sample.Id);

    /// <summary>Writes the ids down before anything is shown.</summary>
    public void Reveal(IEnumerable<TriageSample> samples)
    {
        var shown = samples.Where(IsSetAside).Select(s => s.Id).ToList();
        _revealed.UnionWith(shown);
        if (shown.Count > 0)
        {
            File.WriteAllLines(System.IO.Path.Combine(Path, Revealed), _revealed.Order(StringComparer.Ordinal));
        }
    }
}
