using QuantGrad.Accounting;
using QuantGrad.Metrics.Differentiable;
using QuantGrad.Metrics.Returns;

namespace QuantGrad.Sweeping;

/// <summary>The figures of one parameter set over one stretch of decisions.</summary>
/// <param name="Bars">The number of net returns.</param>
/// <param name="Sum">Σr of the net returns.</param>
/// <param name="SumOfSquares">Σr².</param>
/// <param name="TotalReturn">Growth of 1, less 1.</param>
/// <param name="MaxDrawdown">min(equity/peak − 1), at most 0.</param>
/// <param name="Turnover">ΣΔ, in fractions of equity.</param>
/// <param name="Trades">How many times a position was opened or turned round, over all symbols.</param>
internal readonly record struct SweepFigures(int Bars, double Sum, double SumOfSquares, double TotalReturn, double MaxDrawdown, double Turnover, int Trades)
{
    // A variance below this share of the mean square is the rounding of two sums.
    private const double RelativeZero = 1e-14;

    /// <summary>mean/std(ddof 1)·√A; NaN for fewer than two returns, or all of them the same.</summary>
    /// <param name="periodsPerYear">A, bars a year.</param>
    public double Sharpe(double periodsPerYear)
    {
        var mean = Sum / Bars;
        var variance = SumOfSquares / Bars - mean * mean;
        return Bars < 2 || !(variance > RelativeZero * SumOfSquares / Bars) ? double.NaN : SharpeRatio.Formula(mean, variance * Bars / (Bars - 1), periodsPerYear);
    }

    /// <summary>What descent maximises: the annual Sharpe ratio of the loss times its weight, less the penalty of a year's turnover.</summary>
    /// <param name="periodsPerYear">A, bars a year.</param>
    /// <param name="weight">Weight of the loss.</param>
    /// <param name="turnoverPenalty">Weight of the turnover.</param>
    public double SharpeObjective(double periodsPerYear, double weight, double turnoverPenalty) =>
        -weight * new SharpeLoss(Sum, SumOfSquares, Bars, periodsPerYear).Value - turnoverPenalty * periodsPerYear * Turnover / Bars;

    /// <summary>The same figures of a ledger.</summary>
    public static SweepFigures Of(Ledger ledger)
    {
        double sum = 0, squares = 0, turnover = 0, worst = 0;
        var trades = 0;
        for (var row = 0; row < ledger.Steps; row++)
        {
            var net = ledger.Net(row);
            sum += net;
            squares += net * net;
            turnover += ledger.Turnover(row);
            worst = Math.Min(worst, ledger.Drawdown[row]);
            for (var asset = 0; asset < ledger.Assets; asset++)
                if (Opens(ledger.Held(row, asset), ledger.Weight(row, asset))) trades++;
        }

        return new SweepFigures(ledger.Steps, sum, squares, ledger.Steps == 0 ? 0 : ledger.Equity[^1] - 1, worst, turnover, trades);
    }

    private static bool Opens(double held, double weight) => weight != 0 && Math.Sign(held) != Math.Sign(weight);
}
