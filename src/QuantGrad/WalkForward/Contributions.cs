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
            var first = (books.FirstStep + row) * books.Assets;
            var growth = Growth(books, execution, row);
            for (var asset = 0; asset < books.Assets; asset++)
            {
                var (held, weight) = (books.Held(row, asset), books.Weight(row, asset));
                var (gap, hold) = (execution.Gap[first + asset], execution.Hold[first + asset]);
                var traded = Math.Abs(weight - held * (1 + gap) / growth);
                parts.Add(row, asset, held, held * gap);
                parts.Add(row, asset, weight, growth * weight * hold);
                parts.Turnover[asset] += traded;
                parts.Cost[asset] += growth * (costs.CostFraction * traded + costs.BorrowPerBar * Math.Max(-weight, 0));
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
