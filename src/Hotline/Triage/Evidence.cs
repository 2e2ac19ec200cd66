using Hotline.Localization;
using Hotline.Text;

namespace Hotline.Triage;

/// <summary>What one reading of a message shows: concepts by place. Reused, so one instance belongs to one thread.</summary>
internal sealed class Evidence
{
    private readonly List<PhraseHit> _hits = [];

    public NormalizedText Text { get; } = new();

    public List<PhraseHit> Hits => _hits;

    public ConceptSet Present { get; private set; }

    public static int IdOf(int concept, int language) => (concept * LanguageTag.All.Count) + language;

    public static int ConceptOf(PhraseHit hit) => hit.Id / LanguageTag.All.Count;

    public static LanguageTag LanguageOf(PhraseHit hit) => LanguageTag.All[LanguageIndex(hit)];

    private static int LanguageIndex(PhraseHit hit) => hit.Id % LanguageTag.All.Count;

    /// <summary>Finds the phrases of <see cref="Text"/> as it stands.</summary>
    public void Find(PhraseMatcher matcher)
    {
        _hits.Clear();
        matcher.Find(Text, _hits);
        Present = default;
        foreach (var hit in _hits)
        {
            Present = Present.With(ConceptOf(hit));
        }
    }

    /// <summary>Words of two languages belong together only when their scripts keep them apart.</summary>
    public bool GoTogether(PhraseHit one, PhraseHit other) =>
        LanguageIndex(one) == LanguageIndex(other) || IsLatin(one) != IsLatin(other);

    private bool IsLatin(PhraseHit hit) => Text[hit.Start] < 0x250 || Text[hit.Start] is >= '\u1e00' and <= '\u1eff';
}
