using QuantGrad.Metrics.Relative;
using QuantGrad.Metrics.Returns;

namespace QuantGrad.Metrics.Tables;

/// <summary>Figures over a sliding window: row t looks at the rows t − window + 1 … t; NaN before the first full window and where undefined.</summary>
public static class Rolling
{
    /// <summary>The rolling annual Sharpe ratio, <c>[T]</c>.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="window">Rows of the window, at least 2.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static double[] Sharpe(double[] returns, int window, double periodsPerYear) =>
        Over(returns.Length, window, (first, count) => SharpeRatio.Of(returns.AsSpan(first, count), periodsPerYear));

    /// <summary>The rolling annual Sortino ratio, <c>[T]</c>.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="window">Rows of the window, at least 2.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static double[] Sortino(double[] returns, int window, double periodsPerYear) =>
        Over(returns.Length, window, (first, count) => SortinoRatio.Of(returns.AsSpan(first, count), periodsPerYear));

    /// <summary>The rolling annual volatility, <c>[T]</c>.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="window">Rows of the window, at least 2.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static double[] Volatility(double[] returns, int window, double periodsPerYear) =>
        Over(returns.Length, window, (first, count) => Returns.Volatility.Of(returns.AsSpan(first, count), periodsPerYear));

    /// <summary>The rolling beta to a benchmark, <c>[T]</c>.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="benchmark">The benchmark's returns on the same rows, <c>[T]</c>.</param>
    /// <param name="window">Rows of the window, at least 2.</param>
    public static double[] Beta(double[] returns, double[] benchmark, int window) =>
        Over(returns.Length, window, (first, count) => MarketModel.Beta(returns.AsSpan(first, count), benchmark.AsSpan(first, count)));

    /// <summary>Any figure over the window, <c>[T]</c>.</summary>
    /// <param name="rows">T.</param>
    /// <param name="window">Rows of the window, at least 1.</param>
    /// <param name="figure">The figure of the rows from the first number on, the second number of them.</param>
    public static double[] Over(int rows, int window, Func<int, int, MetricValue> figure)
    {
        var result = new double[rows];
        for (var t = 0; t < rows; t++) result[t] = t + 1 < window ? double.NaN : figure(t + 1 - window, window).Value;
        return result;
    }
}
