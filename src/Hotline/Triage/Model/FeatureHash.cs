using System.Runtime.CompilerServices;

namespace Hotline.Triage.Model;

/// <summary>
/// Numbers for features: 64 bits of FNV over kind and units, so that two features of a model never meet and one from outside
/// practically never (the reader of the model checks the former).
/// </summary>
internal static class FeatureHash
{
    private const ulong Prime = 0x100000001b3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Begin(FeatureKind kind) => (0xcbf29ce484222325 ^ (ulong)kind) * Prime;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong hash, char unit) => (hash ^ unit) * Prime;

    public static ulong Of(FeatureKind kind, ReadOnlySpan<char> text)
    {
        var hash = Begin(kind);
        foreach (var unit in text)
        {
            hash = Add(hash, unit);
        }

        return hash;
    }

    /// <summary>Two concepts by the numbers of each: <c>one+other</c> in any order, <c>one&gt;other</c> in this.</summary>
    public static ulong OfTwo(FeatureKind kind, ulong one, ulong other)
    {
        var (first, second) = kind == FeatureKind.Pair && one > other ? (other, one) : (one, other);
        return (((Begin(kind) ^ first) * Prime) ^ second) * Prime;
    }

    /// <summary>A feature by its text in the file.</summary>
    public static ulong OfText(FeatureKind kind, string text) =>
        kind is FeatureKind.Pair or FeatureKind.Order && text.Split('+', '>') is [var one, var other]
            ? OfTwo(kind, Of(FeatureKind.Concept, one), Of(FeatureKind.Concept, other))
            : Of(kind, text);
}
