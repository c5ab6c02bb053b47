namespace QuantGrad.Metrics.Returns;

/// <summary>The worst Sharpe ratio over any 63 bars in a row, a quarter of daily bars.</summary>
public static class WorstQuarter
{
    private const int Window = 63;

    internal static readonly MetricDefinition Definition = new(
        "worst_63_bar_sharpe", "Worst Sharpe ratio over 63 bars", "ratio", "min over t of sharpe(net[t−62 … t])", "Wood, Roberts and Zohren (2025), DeePM",
        "fewer than 63 returns, or no window with any spread", input => Of(input.Net, input.PeriodsPerYear));

    /// <summary>The worst rolling Sharpe ratio.</summary>
    /// <param name="returns">Simple returns, <c>[T]</c>.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public static MetricValue Of(double[] returns, double periodsPerYear)
    {
        if (returns.Length < Window) return MetricValue.Undefined("fewer than 63 returns");
        var worst = double.NaN;
        for (var t = 0; t + Window <= returns.Length; t++)
        {
            var sharpe = SharpeRatio.Of(returns.AsSpan(t, Window), periodsPerYear).Value;
            if (!(sharpe >= worst) && !double.IsNaN(sharpe)) worst = sharpe;
        }

        return double.IsNaN(worst) ? MetricValue.Undefined("no window of 63 bars has any spread") : MetricValue.Of(worst);
    }
}
