using QuantGrad.Reporting.Record;

namespace QuantGrad.Reporting.Series;

/// <summary>Takes the cost of a run apart: what trading cost, κΔ, and what holding cost (borrowing), the rest.</summary>
internal static class Costs
{
    /// <summary>κ of the run as its settings say: (commission + spread/2 + slippage) · 1e-4; where they say nothing, what a unit of turnover cost on average.</summary>
    public static double Fraction(RecordedRun run)
    {
        if (run.Run.At("strategy", "costs") is not { } costs)
            return run.Equity.Turnover.Sum() is > 0 and var traded ? run.Equity.Cost.Sum() / traded : 0;
        double Points(string name) => costs.NumberAt(name) is var points && double.IsNaN(points) ? 0 : points;
        return (Points("commission_bps") + Points("spread_bps") / 2 + Points("slippage_bps")) * 1e-4;
    }

    /// <summary>What holding cost a row, at least 0.</summary>
    public static double[] Holding(RecordedRun run) => Holding(run, run.Equity.Cost, run.Equity.Turnover);

    /// <summary>The same of other books at the run's costs, such as a baseline's.</summary>
    public static double[] Holding(RecordedRun run, double[] cost, double[] turnover)
    {
        var fraction = Fraction(run);
        return [.. cost.Zip(turnover, (paid, traded) => Math.Max(0, paid - fraction * traded))];
    }
}
