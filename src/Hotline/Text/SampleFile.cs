using System.Security.Cryptography;
using System.Text;

namespace Hotline.Text;

/// <summary>The files of <c>Samples</c>: one message a line, <c>#</c> begins a remark. Every fourth message is kept for measuring.</summary>
public static class SampleFile
{
    private const int KeptOneOf = 4;

    public static IEnumerable<string> Messages(string text) =>
        text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#');

    /// <summary>Chosen by its hash: nothing learns from this message.</summary>
    public static bool IsKeptForMeasuring(string message) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(TextNormalizer.Key(message)))[0] % KeptOneOf == 0;
}
