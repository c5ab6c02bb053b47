using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Series;

/// <summary>
/// What the same positions would have earned at another cost a trade: net(c) = gross − c·Δ − (cost − κ·Δ), with the turnover Δ as it was and what is not
/// a cost of trading (borrowing) kept. The drift of the weights under another cost, a second-order effect, is left out.
/// </summary>
internal static class CostSweep
{
    /// <summary>Net returns at a cost.</summary>
    /// <param name="equity">The run's rows.</param>
    /// <param name="costFraction">κ of the run, a fraction of the traded value.</param>
    /// <param name="sweptFraction">c, a fraction of the traded value.</param>
    public static double[] Net(EquityRecord equity, double costFraction, double sweptFraction)
    {
        var net = new double[equity.Rows];
        for (var row = 0; row < net.Length; row++)
            net[row] = equity.Net[row] + (costFraction - sweptFraction) * equity.Turnover[row];
        return net;
    }

    /// <summary>The cost in basis points of the traded value at which nothing is left, Σ(net + κΔ)/ΣΔ; NaN without any trade.</summary>
    public static double BreakEven(RecordedRun run)
    {
        var traded = run.Equity.Turnover.Sum();
        return traded > 0 ? (run.Equity.Net.Sum() / traded + CostFraction(run)) * 1e4 : double.NaN;
    }

    /// <summary>κ of the run as its settings say: (commission + spread/2 + slippage) · 1e-4; where they say nothing, what the rows paid on average.</summary>
    public static double CostFraction(RecordedRun run)
    {
        if (run.Run.At("strategy", "costs") is not { } costs)
            return run.Equity.Turnover.Sum() is > 0 and var traded ? run.Equity.Cost.Sum() / traded : 0;
        double Points(string name) => costs.NumberAt(name) is var points && double.IsNaN(points) ? 0 : points;
        return (Points("commission_bps") + Points("spread_bps") / 2 + Points("slippage_bps")) * 1e-4;
    }
}
