using System.Numerics;
using QuantGrad.Accounting;
using QuantGrad.Autodiff;

namespace QuantGrad.Objectives;

/// <summary>The error of one forecast.</summary>
internal interface IForecastError
{
    /// <summary>The error and its slope in the signal.</summary>
    /// <param name="signal">The model's output.</param>
    /// <param name="target">The return after the fill, divided by the root mean square of all counted ones.</param>
    (double Value, double Slope) Of(double signal, double target);
}

/// <summary>
/// The textbook baselines, which know no books: the mean error of the signal as a forecast of the symbol's return from the fill to the close after it
/// (<c>hold</c> of the accounting), divided by the root mean square of these returns over the counted cells, so that the target is of the signal's size. A cell counts
/// where the symbol is sized and traded. No cost is in it. Inputs <c>[T·A, 1]</c>: signal, sizes, decided, hold; then lead <c>[1, 1]</c>. Output a scalar.
/// </summary>
/// <typeparam name="TError">The error of one cell.</typeparam>
/// <param name="error">The error of one cell.</param>
internal sealed class ForecastObjective<TError>(TError error) : Op where TError : struct, IForecastError
{
    /// <inheritdoc/>
    public override string Name => typeof(TError).Name;

    /// <inheritdoc/>
    public override bool IsRowWise => false;

    /// <inheritdoc/>
    public override Shape OutputShape(ReadOnlySpan<Shape> inputs) =>
        inputs.Length == 5 && inputs[..4].IndexOfAnyExcept(Shape.PerRow(1)) < 0 && inputs[4] == Shape.Scalar
            ? Shape.Scalar
            : throw new GraphException($"{Name} takes signal, sizes, decided, hold and lead.");

    /// <inheritdoc/>
    public override void Forward<T>(in OpFrame<T> frame)
    {
        var signal = frame.Input(0);
        var hold = frame.Input(3);
        var sizes = frame.Input(1);
        var decided = frame.Input(2);
        var (first, count, scale) = Measure(frame);
        var sum = 0.0;
        for (var cell = first; cell < signal.Length; cell++)
            if (Counts(sizes, decided, cell)) sum += error.Of(double.CreateTruncating(signal[cell]), double.CreateTruncating(hold[cell]) * scale).Value;
        frame.Output[0] = T.CreateTruncating(sum / count);
    }

    /// <inheritdoc/>
    public override void Backward<T>(in OpFrame<T> frame)
    {
        if (!frame.WantsGradient(0)) return;
        var signal = frame.Input(0);
        var hold = frame.Input(3);
        var sizes = frame.Input(1);
        var decided = frame.Input(2);
        var gradient = frame.InputGradient(0);
        var (first, count, scale) = Measure(frame);
        for (var cell = first; cell < signal.Length; cell++)
        {
            if (!Counts(sizes, decided, cell)) continue;
            var slope = error.Of(double.CreateTruncating(signal[cell]), double.CreateTruncating(hold[cell]) * scale).Slope;
            gradient[cell] += frame.OutputGradient[0] * T.CreateTruncating(slope / count);
        }
    }

    private static (int First, double Count, double Scale) Measure<T>(in OpFrame<T> frame) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var hold = frame.Input(3);
        var sizes = frame.Input(1);
        var decided = frame.Input(2);
        var first = CountedRows.Lead(frame, 4) * frame.Size.Assets;
        double count = 0, squares = 0;
        for (var cell = first; cell < hold.Length; cell++)
        {
            if (!Counts(sizes, decided, cell)) continue;
            var value = double.CreateTruncating(hold[cell]);
            squares += value * value;
            count++;
        }

        return (first, Math.Max(1, count), squares > 0 ? Math.Sqrt(count / squares) : 0);
    }

    private static bool Counts<T>(ReadOnlySpan<T> sizes, ReadOnlySpan<T> decided, int cell) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        sizes[cell] > T.Zero && decided[cell] != T.Zero;
}

/// <summary>(signal − target)²: regression on the scaled next return.</summary>
internal readonly struct SquaredError : IForecastError
{
    /// <inheritdoc/>
    public (double Value, double Slope) Of(double signal, double target) => ((signal - target) * (signal - target), 2 * (signal - target));
}

/// <summary>
/// −log of the probability that the signal gave to the sign that came: p(up) = (signal − lowest)/(1 − lowest), kept 1e-6 away from 0 and 1. A return of exactly 0 has
/// no sign and adds nothing.
/// </summary>
/// <param name="lowest">The least signal of the model: −1, or 0 where it is long only.</param>
internal readonly struct CrossEntropy(double lowest) : IForecastError
{
    private const double Margin = 1e-6;

    /// <inheritdoc/>
    public (double Value, double Slope) Of(double signal, double target)
    {
        if (target == 0) return (0, 0);
        var slope = (1 - 2 * Margin) / (1 - lowest);
        var up = Margin + slope * (signal - lowest);
        return target > 0 ? (-Math.Log(up), -slope / up) : (-Math.Log(1 - up), slope / (1 - up));
    }
}
