using QuantGrad.MarketData;

namespace QuantGrad.Accounting;

/// <summary>
/// The books of a stretch of decisions, evaluated with exact |x| in double: one row a step, dated by the bar on which its outcome is known. The weights go on to the
/// last decision, as far as they are known there.
/// </summary>
internal sealed class Ledger
{
    private readonly double[] result;
    private readonly double[] state;

    private Ledger(int firstStep, int steps, int assets, DateTime[] dates, double[] result, double[] state, int? ruin, double borrowPerBar)
    {
        RuinRow = ruin;
        FirstStep = firstStep;
        Steps = steps;
        Assets = assets;
        Dates = dates;
        this.result = result;
        this.state = state;
        Equity = new double[steps];
        Drawdown = new double[steps];
        Exposure = new double[steps];
        Borrowing = new double[steps];
        double equity = 1, peak = 1;
        for (var step = 0; step < steps; step++)
        {
            equity *= 1 + Net(step);
            peak = Math.Max(peak, equity);
            Equity[step] = equity;
            Drawdown[step] = equity / peak - 1;
            for (var asset = 0; asset < assets; asset++)
            {
                Exposure[step] += Math.Abs(Weight(step, asset));
                Borrowing[step] += borrowPerBar * Math.Max(-Weight(step, asset), 0);
            }
        }
    }

    /// <summary>The panel's index of the first decision.</summary>
    public int FirstStep { get; }

    /// <summary>The number of rows.</summary>
    public int Steps { get; }

    /// <summary>A.</summary>
    public int Assets { get; }

    /// <summary>The row on which the account lost everything and was closed (<see cref="Ruin"/>); null where it lives on.</summary>
    public int? RuinRow { get; }

    /// <summary>The date of each row's outcome.</summary>
    public DateTime[] Dates { get; }

    /// <summary>Growth of 1 after each row.</summary>
    public double[] Equity { get; }

    /// <summary>equity/peak − 1, at most 0; the peak begins at 1.</summary>
    public double[] Drawdown { get; }

    /// <summary>What each row was charged for its short positions, a part of its cost.</summary>
    public double[] Borrowing { get; }

    /// <summary>Σ|w| traded to at each row.</summary>
    public double[] Exposure { get; }

    /// <summary>Net return of a row.</summary>
    public double Net(int row) => result[row * PortfolioAccounting.Columns + PortfolioAccounting.Net];

    /// <summary>Gross return of a row.</summary>
    public double Gross(int row) => result[row * PortfolioAccounting.Columns + PortfolioAccounting.Gross];

    /// <summary>Cost of a row.</summary>
    public double Cost(int row) => result[row * PortfolioAccounting.Columns + PortfolioAccounting.Cost];

    /// <summary>Turnover of a row.</summary>
    public double Turnover(int row) => result[row * PortfolioAccounting.Columns + PortfolioAccounting.Turnover];

    /// <summary>The weight of an asset after the trade of a row: the target, or what was held where nothing was decided. Known also beyond the rows, for the next step where its fill is.</summary>
    public double Weight(int row, int asset) => state[(row * PortfolioAccounting.StateWidth + 1) * Assets + asset];

    /// <summary>The weight of an asset before the trade of a row, drifted to the close before its fill. Known also for the step after the last row.</summary>
    public double Held(int row, int asset) => state[row * PortfolioAccounting.StateWidth * Assets + asset];

    /// <summary>All net returns.</summary>
    public double[] NetReturns() => Column(PortfolioAccounting.Net);

    /// <summary>One column of all rows (<see cref="PortfolioAccounting.Net"/> …).</summary>
    public double[] Column(int column) => Enumerable.Range(0, Steps).Select(row => result[row * PortfolioAccounting.Columns + column]).ToArray();

    /// <summary>Keeps the books for the decisions from <paramref name="firstStep"/> on.</summary>
    /// <param name="panel">Gives the dates.</param>
    /// <param name="execution">Returns of the same panel.</param>
    /// <param name="firstStep">The panel's index of the first decision.</param>
    /// <param name="targets">Target weights, <c>[n, A]</c>; steps beyond the last known outcome make no row.</param>
    /// <param name="decisions">What could be done, <c>[n, A]</c>; where nothing was decided, or the symbol does not trade at the fill, what is held stays.</param>
    /// <param name="costs">Costs.</param>
    public static Ledger Keep(Panel panel, ExecutionTable execution, int firstStep, ReadOnlySpan<double> targets, ReadOnlySpan<Decision> decisions, TradingCosts costs)
    {
        var assets = panel.Assets;
        var decided = targets.Length / assets;
        var steps = Math.Max(0, Math.Min(decided, execution.Steps - firstStep));
        var result = new double[decided * PortfolioAccounting.Columns];
        var state = new double[decided * assets * PortfolioAccounting.StateWidth];
        var traded = new double[decided * assets];
        var offset = firstStep * assets;
        for (var cell = 0; cell < traded.Length; cell++) traded[cell] = decisions[cell].IsTraded(execution.Executable[offset + cell]) ? 1 : 0;
        var inputs = new AccountingInputs<double>
        {
            Assets = assets,
            Targets = targets,
            Decided = traded,
            Gap = execution.Gap.AsSpan(offset, traded.Length),
            Hold = execution.Hold.AsSpan(offset, traded.Length),
            Initial = new double[assets],
            CostFraction = costs.CostFraction,
            BorrowPerBar = costs.BorrowPerBar,
            Epsilon = 0,
        };
        PortfolioAccounting.Forward(inputs, result, state);
        var ruin = Ruin.Close(inputs, result, state, steps);
        return new Ledger(firstStep, steps, assets, steps == 0 ? [] : panel.Dates.AsSpan(firstStep + execution.OutcomeBars, steps).ToArray(), result, state, ruin, costs.BorrowPerBar);
    }
}
