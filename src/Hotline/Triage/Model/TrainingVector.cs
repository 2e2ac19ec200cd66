namespace Hotline.Triage.Model;

/// <summary>One message as numbers: features and their values, in the order of the features.</summary>
internal sealed record TrainingVector(int[] Features, double[] Values, ModelScript Script)
{
    public double Square { get; } = Values.Sum(v => v * v);

    public double Times(double[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < Features.Length; i++)
        {
            sum += weights[Features[i]] * Values[i];
        }

        return sum;
    }
}
