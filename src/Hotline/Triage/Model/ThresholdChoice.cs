namespace Hotline.Triage.Model;

/// <summary>The cheapest threshold over messages that were scored by a model that had not seen them.</summary>
internal static class ThresholdChoice
{
    /// <param name="scored">For each message its score, what it costs above the threshold and what below.</param>
    public static double Of(IEnumerable<(double Score, double Above, double Below)> scored)
    {
        // from the top down: each message crosses from below to above
        var sorted = scored.Where(s => double.IsFinite(s.Score)).OrderByDescending(s => s.Score).ToList();
        var cost = sorted.Sum(s => s.Below);
        var (best, cheapest) = (sorted.Count == 0 ? 1.0 : sorted[0].Score + 0.1, cost);
        for (var i = 0; i < sorted.Count; i++)
        {
            cost += sorted[i].Above - sorted[i].Below;
            if ((i + 1 == sorted.Count || sorted[i + 1].Score < sorted[i].Score) && cost < cheapest)
            {
                var next = i + 1 < sorted.Count ? sorted[i + 1].Score : sorted[i].Score - 0.1;
                (best, cheapest) = ((sorted[i].Score + next) / 2, cost);
            }
        }

        return Math.Round(best, 3);
    }
}
