namespace QuantGrad.Training;

/// <summary>A stretch of bars, by index into the calendar.</summary>
/// <param name="Start">The first bar.</param>
/// <param name="End">One past the last bar.</param>
public readonly record struct BarRange(int Start, int End)
{
    /// <summary>The number of bars, 0 where the range is empty.</summary>
    public int Count => Math.Max(0, End - Start);
}

/// <summary>One step of the walk: train | purge | validation | purge | test. Ranges hold the bars on which decisions are taken.</summary>
/// <param name="Index">From 0, oldest first.</param>
/// <param name="Train">Bars whose outcomes are trained on.</param>
/// <param name="Validation">Bars that early stopping looks at; empty without any.</param>
/// <param name="Test">Out-of-sample bars.</param>
public sealed record Fold(int Index, BarRange Train, BarRange Validation, BarRange Test)
{
    /// <summary>Training may not see this bar or any after it: the first bar of what follows the train window.</summary>
    public int TrainHorizon => Validation.Count > 0 ? Validation.Start : Test.Start;
}
