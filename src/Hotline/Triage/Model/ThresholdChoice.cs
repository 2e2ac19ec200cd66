namespace Hotline.Triage.Model;

/// <summary>The thresholds of one script, from messages that were scored by a model that had not seen them.</summary>
internal static class ThresholdChoice
{
    /// <summary>This share of those in danger is to be offered a human, where the allowance for false alarms reaches that far.</summary>
    private const double Recall = 0.985;

    /// <summary>The allowance of the design, spent on recall: false alarms on everyday questions, and on harmless talk in words of danger.</summary>
    private const double PlainAlarms = 0.05;
    private const double HardAlarms = 0.15;

    /// <summary>And this share of those at R0 is to be taken as R1 at least, in this share of the cheapest ways.</summary>
    private const double UrgentRecall = 0.97;

    private const double Highest = 3;

    public static ModelThreshold Of(IReadOnlyList<Scored> messages)
    {
        // a pair of cuts: of all that keep within the allowance, the one with the most recall, and from enough on the fewest alarms
        var danger = messages.Where(m => m.Text.Level >= TriageLevel.R1).ToList();
        var plain = messages.Where(m => m.Text.Kind == "plain").ToList();
        var hard = messages.Where(m => m.Text.Kind == "hard").ToList();
        var enough = (int)Math.Ceiling(danger.Count * Recall);
        var (agree, offer) = (0.5, 0.5);
        var best = (Found: -1, Alarms: double.PositiveInfinity);
        foreach (var a in Cuts(messages.Where(m => m.ByRules >= TriageLevel.R2 && m.BySureRules < TriageLevel.R2)))
        {
            foreach (var o in Cuts(messages.Where(m => m.ByRules < TriageLevel.R2)).Where(o => o >= a))
            {
                if (plain.Count(m => IsOffered(m, a, o)) > plain.Count * PlainAlarms || hard.Count(m => IsOffered(m, a, o)) > hard.Count * HardAlarms)
                {
                    continue;
                }

                var found = Math.Min(enough, danger.Count(m => IsOffered(m, a, o)));
                var alarms = messages.Where(m => IsOffered(m, a, o)).Sum(m => TrainingCosts.Offered(m.Text));
                if (found > best.Found || (found == best.Found && alarms < best.Alarms))
                {
                    (agree, offer, best) = (a, o, (found, alarms));
                }
            }
        }

        return new(Round(agree), Round(offer), Round(Urgent([.. messages.Where(m => IsOffered(m, agree, offer))], agree)));
    }

    private static bool IsOffered(Scored m, double agree, double offer) =>
        m.BySureRules >= TriageLevel.R2 || (m.ByRules >= TriageLevel.R2 && m.Score.Offer >= agree) || m.Score.Offer >= offer;

    /// <summary>The highest cut that takes enough of those at R0 as urgent.</summary>
    private static double Urgent(IReadOnlyList<Scored> offered, double agree)
    {
        var worst = offered.Where(m => m.Text.Level == TriageLevel.R0).ToList();
        var open = worst.Where(m => (m.Score.Offer >= agree ? m.ByRules : m.BySureRules) < TriageLevel.R1).Select(m => m.Score.Urgent).OrderDescending().ToList();
        var may = worst.Count - (int)Math.Ceiling(worst.Count * UrgentRecall);
        return open.Count - may is > 0 and var at && double.IsFinite(open[at - 1]) ? open[at - 1] - 0.001 : open.Count > 0 ? 0.5 : 0.5;
    }

    /// <summary>Forty steps over the scores of the messages that it decides.</summary>
    private static IEnumerable<double> Cuts(IEnumerable<Scored> messages)
    {
        var scores = messages.Select(m => m.Score.Offer).Where(double.IsFinite).Order().ToList();
        if (scores.Count == 0)
        {
            return [0];
        }

        return Enumerable.Range(0, 81).Select(i => Math.Min(Highest, i == 80 ? scores[^1] + 0.01 : scores[i * (scores.Count - 1) / 80] - 0.001)).Distinct();
    }

    private static double Round(double cut) => Math.Round(cut, 3);

    /// <param name="ByRules">The level by all rules, <paramref name="BySureRules"/> by those that need no model.</param>
    public sealed record Scored(TrainingText Text, ModelScore Score, TriageLevel ByRules, TriageLevel BySureRules);
}
