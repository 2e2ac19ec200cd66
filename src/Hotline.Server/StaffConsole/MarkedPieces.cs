using Hotline.Triage;

namespace Hotline.Server.StaffConsole;

/// <param name="Title">Why it is marked: rules and languages; <c>null</c> = not marked.</param>
internal sealed record MarkedPiece(string Text, string? Title);

/// <summary>Cuts a text at the borders of its triage hits. Hits may overlap or lie outside of a cut text; nothing is lost or shown twice.</summary>
internal static class MarkedPieces
{
    public static IReadOnlyList<MarkedPiece> Of(string text, IReadOnlyList<TriageHit> hits)
    {
        var inside = hits.Where(h => h.Start >= 0 && h.Length > 0 && h.Start + h.Length <= text.Length).ToList();
        var borders = inside.SelectMany(h => new[] { h.Start, h.Start + h.Length }).Append(0).Append(text.Length).Distinct().Order().ToList();
        var pieces = new List<MarkedPiece>();
        for (var i = 0; i + 1 < borders.Count; i++)
        {
            var (from, to) = (borders[i], borders[i + 1]);
            var why = inside.Where(h => h.Start <= from && h.Start + h.Length >= to).Select(h => $"{h.Rule} ({h.Language})").Distinct().ToList();
            pieces.Add(new(text[from..to], why.Count == 0 ? null : string.Join(", ", why)));
        }

        return pieces;
    }
}
