namespace QuantGrad.Training;

/// <summary>What one unit (fold, seed) has learnt: all that a later stage needs, and nothing of the machine that made it.</summary>
/// <param name="Fold">Fold, from 0.</param>
/// <param name="Seed">Member of the ensemble, from 0.</param>
/// <param name="Parameters">The weights kept, in the order of the graph's parameters.</param>
/// <param name="FeatureMean">Mean of each feature over the train rows, <c>[F]</c>.</param>
/// <param name="FeatureDeviation">Standard deviation of each feature over the train rows, <c>[F]</c>.</param>
/// <param name="BestEpoch">The epoch whose weights were kept, from 1; 0 keeps the first weights.</param>
/// <param name="TrainObjective">Objective on the train rows after each epoch, higher is better.</param>
/// <param name="ValidationObjective">The same on the validation rows, NaN without any.</param>
/// <param name="GradientNorm">Norm of the gradient before clipping, each epoch.</param>
internal sealed record TrainedUnit(
    int Fold,
    int Seed,
    float[] Parameters,
    double[] FeatureMean,
    double[] FeatureDeviation,
    int BestEpoch,
    double[] TrainObjective,
    double[] ValidationObjective,
    double[] GradientNorm)
{
    /// <summary>Epochs that diverged and were answered by half the learning rate; their curves are NaN.</summary>
    public int[] RateHalved { get; init; } = [];

    /// <summary>The usual sizes of what a rule compares, in the order of the rule's comparisons; empty for networks.</summary>
    public double[] RuleScales { get; init; } = [];

    /// <summary>How a rule's parameters were found; null for networks.</summary>
    public RuleRecord? Rule { get; init; }

    /// <summary>Epochs trained.</summary>
    public int Epochs => TrainObjective.Length;
}
