namespace Hotline.Triage.Model;

/// <summary>
/// A linear classifier with squared hinge loss, found by dual coordinate descent. Only additions, multiplications, divisions
/// and a generator with a fixed seed: the same numbers on every machine.
/// </summary>
internal static class LinearTrainer
{
    private const int Rounds = 30;
    private const double Enough = 0.02;

    /// <param name="cost">How much each message counts; 0 leaves it out.</param>
    public static double[] Train(IReadOnlyList<TrainingVector> vectors, IReadOnlyList<bool> positive, IReadOnlyList<double> cost, int features)
    {
        var weights = new double[features];
        var alphas = new double[vectors.Count];
        var order = Enumerable.Range(0, vectors.Count).Where(i => cost[i] > 0).ToArray();
        var chance = new FixedChance(17);
        for (var round = 0; round < Rounds; round++)
        {
            var largest = 0.0;
            for (var i = order.Length - 1; i > 0; i--)
            {
                var other = chance.Next(i + 1);
                (order[i], order[other]) = (order[other], order[i]);
            }

            foreach (var at in order)
            {
                var vector = vectors[at];
                var sign = positive[at] ? 1.0 : -1.0;
                var diagonal = 1 / (2 * cost[at]);
                var gradient = (sign * vector.Times(weights)) - 1 + (diagonal * alphas[at]);
                var alpha = Math.Max(alphas[at] - (gradient / (vector.Square + diagonal)), 0);
                var step = (alpha - alphas[at]) * sign;
                if (step == 0)
                {
                    continue;
                }

                alphas[at] = alpha;
                largest = Math.Max(largest, Math.Abs(step));
                for (var i = 0; i < vector.Features.Length; i++)
                {
                    weights[vector.Features[i]] += step * vector.Values[i];
                }
            }

            if (largest < Enough)
            {
                break;
            }
        }

        return weights;
    }
}
