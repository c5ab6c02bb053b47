using System.Text.Json;

namespace QuantGrad.Reporting.Record;

/// <summary>A unit of <c>training.json</c> (<c>[{fold, seed, best_epoch, train_objective[], validation_objective[], gradient_norm[], rate_halved[]}]</c>), a value an epoch.</summary>
/// <param name="Fold">Fold.</param>
/// <param name="Seed">Member.</param>
/// <param name="BestEpoch">Epoch kept, from 1.</param>
/// <param name="Train">Objective on the train rows.</param>
/// <param name="Validation">Objective on the validation rows.</param>
/// <param name="GradientNorm">Norm of the gradient before clipping.</param>
/// <param name="RateHalved">Epochs that diverged and were answered by half the learning rate.</param>
internal sealed record TrainingRecord(int Fold, int Seed, int BestEpoch, double[] Train, double[] Validation, double[] GradientNorm, double[] RateHalved)
{
    /// <summary>The units of a run; none where it recorded none.</summary>
    public static TrainingRecord[] Of(RecordedRun run) => run.Optional("training.json") is not { ValueKind: JsonValueKind.Array } units ? []
        : [.. units.EnumerateArray().Select(unit => new TrainingRecord((int)unit.NumberAt("fold"), (int)unit.NumberAt("seed"), (int)unit.NumberAt("best_epoch"),
            unit.NumbersAt("train_objective"), unit.NumbersAt("validation_objective"), unit.NumbersAt("gradient_norm"), unit.NumbersAt("rate_halved")))];
}
