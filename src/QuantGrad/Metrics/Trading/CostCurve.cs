using QuantGrad.Metrics.Returns;

namespace QuantGrad.Metrics.Trading;

/// <summary>What the positions, as they are, would bring at another cost of trading: net = gross − κ·Δ − holding.</summary>
public static class CostCurve
{
    internal static readonly MetricDefinition BreakEven = new(
        "break_even_cost_bps", "Break-even cost", "bp", "(Σ gross − Σ borrowing) / Σ Δ · 10⁴, the cost of a unit of turnover at which the mean net return is 0",
        "accounting of QuantGrad; Wood, Roberts and Zohren (2025), DeePM", "the gross returns or the turnover are not known, or nothing was traded",
        input => input.Series.Gross is { } gross && input.Series.Turnover is { } turnover
            ? BreakEvenBps(gross, turnover, input.Series.Holding)
            : MetricValue.Undefined("the gross returns and the turnover are not known"));

    /// <summary>The cost in basis points of turnover at which the mean net return is 0; negative where the gross returns lose.</summary>
    /// <param name="gross">Returns before cost, <c>[T]</c>.</param>
    /// <param name="turnover">Δ charged on the same rows, <c>[T]</c>.</param>
    /// <param name="holding">Costs that do not come from trading, such as borrowing, <c>[T]</c>; none where empty.</param>
    public static MetricValue BreakEvenBps(ReadOnlySpan<double> gross, ReadOnlySpan<double> turnover, ReadOnlySpan<double> holding = default)
    {
        double earned = 0, traded = 0;
        for (var t = 0; t < gross.Length; t++)
        {
            earned += gross[t] - (holding.IsEmpty ? 0 : holding[t]);
            traded += turnover[t];
        }

        return traded > 0 ? MetricValue.Of(earned / traded * 1e4) : MetricValue.Undefined("nothing was traded");
    }

    /// <summary>The net returns at a cost, <c>[T]</c>.</summary>
    /// <param name="gross">Returns before cost, <c>[T]</c>.</param>
    /// <param name="turnover">Δ charged on the same rows, <c>[T]</c>.</param>
    /// <param name="costBps">κ in basis points of turnover.</param>
    /// <param name="holding">Costs that do not come from trading, <c>[T]</c>; none where empty.</param>
    public static double[] Net(ReadOnlySpan<double> gross, ReadOnlySpan<double> turnover, double costBps, ReadOnlySpan<double> holding = default)
    {
        var net = new double[gross.Length];
        for (var t = 0; t < net.Length; t++) net[t] = gross[t] - costBps * 1e-4 * turnover[t] - (holding.IsEmpty ? 0 : holding[t]);
        return net;
    }

    /// <summary>The annual net Sharpe ratio at each cost.</summary>
    /// <param name="gross">Returns before cost, <c>[T]</c>.</param>
    /// <param name="turnover">Δ charged on the same rows, <c>[T]</c>.</param>
    /// <param name="costsBps">Costs in basis points of turnover, such as 0, 1, … 20.</param>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <param name="holding">Costs that do not come from trading, <c>[T]</c>; none where empty.</param>
    public static MetricValue[] NetSharpe(
        ReadOnlySpan<double> gross, ReadOnlySpan<double> turnover, ReadOnlySpan<double> costsBps, double periodsPerYear, ReadOnlySpan<double> holding = default)
    {
        var sharpes = new MetricValue[costsBps.Length];
        for (var i = 0; i < sharpes.Length; i++) sharpes[i] = SharpeRatio.Of(Net(gross, turnover, costsBps[i], holding), periodsPerYear);
        return sharpes;
    }
}
