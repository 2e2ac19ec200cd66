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

    public static ulong OfPair(string one, string other)
    {
        var (first, second) = string.CompareOrdinal(one, other) <= 0 ? (one, other) : (other, one);
        return Of(FeatureKind.Pair, string.Concat(first, "+", second));
    }
}
