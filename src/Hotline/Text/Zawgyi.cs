using System.Text;
using Icu;

namespace Hotline.Text;

/// <summary>Burmese typed with a Zawgyi keyboard, read as Unicode. Only a second reading: it ruins what was Unicode already.</summary>
public static class Zawgyi
{
    [ThreadStatic]
    private static Transliterator? _transliterator;

    /// <summary>Some letter could be Zawgyi.</summary>
    public static bool IsPossible(ReadOnlySpan<char> text) => text.ContainsAnyInRange('\u1000', '\u109f');

    /// <summary>The text as Unicode if it was Zawgyi, in NFC. Total on any UTF-16.</summary>
    public static string ToUnicode(string text)
    {
        _transliterator ??= Transliterator.CreateInstance("Zawgyi-my");
        var converted = _transliterator.Transliterate(text);
        return IsWellFormed(converted) ? converted.Normalize(NormalizationForm.FormC) : converted;
    }

    private static bool IsWellFormed(string text)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            rest = rest[used..];
        }

        return true;
    }
}
