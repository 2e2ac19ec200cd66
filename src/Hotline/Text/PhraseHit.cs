namespace Hotline.Text;

/// <summary>A phrase found, by its place in the normalised text; <paramref name="Id"/> is that of who looks for it.</summary>
public readonly record struct PhraseHit(int Id, int Start, int End);
