namespace QuantGrad.Training;

/// <summary>What one unit is trained on.</summary>
/// <param name="Fold">Fold, from 0.</param>
/// <param name="Seed">Member of the ensemble, from 0.</param>
/// <param name="UnitSeed">The unit's own random stream.</param>
/// <param name="Train">Rows whose outcomes are trained on.</param>
/// <param name="Validation">Rows that are only looked at.</param>
/// <param name="Mean">Mean of each feature over the train rows.</param>
/// <param name="Deviation">Standard deviation of each feature over the train rows.</param>
internal sealed record UnitWindows(int Fold, int Seed, ulong UnitSeed, TrainingWindow Train, TrainingWindow Validation, double[] Mean, double[] Deviation);
