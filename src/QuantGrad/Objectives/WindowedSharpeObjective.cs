using System.Buffers;
using QuantGrad.Metrics.Differentiable;

namespace QuantGrad.Objectives;

/// <summary>
/// Minus the smooth minimum of the annual Sharpe ratios of consecutive windows, −SoftMin: robust against one good stretch that carries the rest. The last window
/// takes the bars that are left over; a series shorter than two windows is one.
/// </summary>
/// <param name="periodsPerYear">A, bars a year; a window is about a year, and at least 20 bars.</param>
/// <param name="beta">β of <see cref="SoftMinimum"/>, above 0.</param>
internal sealed class WindowedSharpeObjective(double periodsPerYear, double beta = 5) : ReturnsObjective
{
    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> returns, Span<double> slopes)
    {
        var length = Math.Max(20, (int)periodsPerYear);
        var windows = Math.Max(1, returns.Length / length);
        var buffer = ArrayPool<double>.Shared.Rent(2 * windows);
        var (ratios, weights) = (buffer.AsMemory(0, windows), buffer.AsMemory(windows, windows));
        for (var b = 0; b < windows; b++) ratios.Span[b] = -SharpeLoss.Of(Window(returns, b, windows, length), periodsPerYear).Value;
        var least = SoftMinimum.Of(ratios.Span, beta, weights.Span);
        for (var b = 0; b < windows; b++)
        {
            var window = Window(returns, b, windows, length);
            var loss = SharpeLoss.Of(window, periodsPerYear);
            for (var t = 0; t < window.Length; t++) slopes[b * length + t] = weights.Span[b] * loss.Gradient(window[t]);
        }

        ArrayPool<double>.Shared.Return(buffer);
        return -least;
    }

    private static ReadOnlySpan<double> Window(ReadOnlySpan<double> returns, int b, int windows, int length) =>
        b == windows - 1 ? returns[(b * length)..] : returns.Slice(b * length, length);
}
