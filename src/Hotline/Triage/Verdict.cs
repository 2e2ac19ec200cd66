namespace Hotline.Triage;

/// <summary>What has been found so far: the highest level, for what, and where it stands.</summary>
internal sealed class Verdict
{
    /// <summary>More reasons explain nothing more.</summary>
    private const int MaxHits = 24;

    private readonly List<string> _indicators = [];
    private List<TriageHit>? _hits;

    public TriageLevel Level { get; private set; } = TriageLevel.R3;

    public bool IsOther { get; set; }

    public bool IsSelf { get; set; }

    public void Raise(TriageLevel level) => Level = level > Level ? level : Level;

    public void Lower(TriageLevel level) => Level = level < Level ? level : Level;

    /// <summary>Keeps the list sorted and without doubles.</summary>
    public void Indicate(string indicator)
    {
        var at = _indicators.BinarySearch(indicator, StringComparer.Ordinal);
        if (at < 0)
        {
            _indicators.Insert(~at, indicator);
        }
    }

    public void Note(TriageHit hit)
    {
        _hits ??= new(8);
        if (_hits.Count < MaxHits && !_hits.Contains(hit))
        {
            _hits.Add(hit);
        }
    }

    /// <summary>About another person only when nothing found speaks of the writer.</summary>
    public TriageAssessment Assessment(bool plea) => _hits is null
        ? TriageAssessment.Nothing
        : new(Level, _indicators, _hits, plea && Level == TriageLevel.R2, IsOther && !IsSelf);
}
