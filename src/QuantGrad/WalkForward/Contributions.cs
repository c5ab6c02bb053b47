using QuantGrad.Accounting;

namespace QuantGrad.WalkForward;

/// <summary>
/// Takes the books apart: what each symbol earned long and short, and what it cost, so that Σ(long + short) over the symbols is the gross return of every row and
/// Σ cost its cost. The terms are those of <see cref="PortfolioAccounting"/>: h·G before the fill, p·w·I after it, p·(κ|w − h̃| + β max(−w, 0)) paid.
/// </summary>
internal sealed class Contributions
{
    private Contributions(int assets, int rows)
    {
        Long = new double[assets];
        Short = new double[assets];
        Cost = new double[assets];
        Turnover = new double[assets];
        LongByRow = new double[rows];
        ShortByRow = new double[rows];
    }

    /// <summary>Σ over the rows of the gross return earned long, <c>[A]</c>.</summary>
    public double[] Long { get; }

    /// <summary>Σ over the rows of the gross return earned short, <c>[A]</c>.</summary>
    public double[] Short { get; }

    /// <summary>Σ over the rows of the cost, <c>[A]</c>.</summary>
    public double[] Cost { get; }

    /// <summary>Σ|w − h̃| over the rows, <c>[A]</c>.</summary>
    public double[] Turnover { get; }

    /// <summary>Gross return of the long positions, <c>[T]</c>.</summary>
    public double[] LongByRow { get; }

    /// <summary>Gross return of the short positions, <c>[T]</c>.</summary>
    public double[] ShortByRow { get; }

    /// <summary>Takes a ledger apart.</summary>
    /// <param name="books">The ledger.</param>
    /// <param name="execution">The returns that it was kept with.</param>
    /// <param name="costs">The costs that it was kept with.</param>
    public static Contributions Of(Ledger books, ExecutionTable execution, TradingCosts costs)
    {
        var parts = new Contributions(books.Assets, books.Steps);
        for (var row = 0; row < books.Steps; row++)
        {
            var growth = Growth(books, execution, row);
            var (earned, paid) = books.RuinRow == row ? Shares(books, execution, costs, row) : (1, 1);
            for (var asset = 0; asset < books.Assets; asset++)
            {
                var (before, after, traded, cost) = Terms(books, execution, costs, row, asset, growth);
                parts.Add(row, asset, books.Held(row, asset), earned * before);
                parts.Add(row, asset, books.Weight(row, asset), earned * after);
                parts.Turnover[asset] += traded;
                parts.Cost[asset] += paid * cost;
            }
        }

        return parts;
    }

    /// <summary>p = 1 + Σ h·G, what the portfolio held became between the decision's close and the fill.</summary>
    public static double Growth(Ledger books, ExecutionTable execution, int row)
    {
        var growth = 1.0;
        for (var asset = 0; asset < books.Assets; asset++) growth += books.Held(row, asset) * execution.Gap[(books.FirstStep + row) * books.Assets + asset];
        return growth;
    }

    /// <summary>What a symbol earned before and after the fill, what of it was traded, and what that and holding it cost.</summary>
    private static (double Before, double After, double Traded, double Cost) Terms(Ledger books, ExecutionTable execution, TradingCosts costs, int row, int asset, double growth)
    {
        var cell = (books.FirstStep + row) * books.Assets + asset;
        var (held, weight) = (books.Held(row, asset), books.Weight(row, asset));
        var traded = books.Turnover(row) == 0 ? 0 : Math.Abs(weight - held * (1 + execution.Gap[cell]) / growth);
        return (held * execution.Gap[cell], growth * weight * execution.Hold[cell], traded, growth * (costs.CostFraction * traded + costs.BorrowPerBar * Math.Max(-weight, 0)));
    }

    /// <summary>The share of a ruinous bar's terms that the account bore, which lost no more than it had.</summary>
    private static (double Earned, double Paid) Shares(Ledger books, ExecutionTable execution, TradingCosts costs, int row)
    {
        var (earned, paid, growth) = (0.0, 0.0, Growth(books, execution, row));
        for (var asset = 0; asset < books.Assets; asset++)
        {
            var (before, after, _, cost) = Terms(books, execution, costs, row, asset, growth);
            earned += before + after;
            paid += cost;
        }

        return (books.Gross(row) / earned, paid == 0 ? 0 : books.Cost(row) / paid);
    }

    private void Add(int row, int asset, double weight, double earned)
    {
        if (weight > 0)
        {
            Long[asset] += earned;
            LongByRow[row] += earned;
        }
        else if (weight < 0)
        {
            Short[asset] += earned;
            ShortByRow[row] += earned;
        }
    }
}
