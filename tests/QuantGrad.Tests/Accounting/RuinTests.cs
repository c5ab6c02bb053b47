using QuantGrad.Accounting;
using QuantGrad.MarketData;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.Accounting;

/// <summary>An account that loses everything is closed: −100% on that bar, and nothing afterwards.</summary>
public class RuinTests
{
    // A reverse split 1:5 that nobody adjusted for, on bar 3; the open is the close before, or already split.
    private static readonly double[] Split = [100, 101, 100, 500, 510, 500, 505];

    [Theory, InlineData(false, 2), InlineData(true, 2)]
    public void Keep_ShortThroughAReverseSplit_ClosesTheAccountThere(bool isInGap, int ruin)
    {
        var (books, execution) = Books(isInGap ? Fill.NextOpen : Fill.Close, isInGap, [-0.5, -0.5, -0.5, 1, 1, 1, 1]);

        Assert.Equal(ruin, books.RuinRow);
        Assert.True(books.Net(0) < 0 && books.Net(1) > 0);
        Assert.Equal((-1, -1, 0), (books.Net(ruin), books.Gross(ruin), books.Cost(ruin)));
        Assert.Equal((0, -1), (books.Equity[ruin], books.Drawdown[ruin]));
        for (var row = ruin + 1; row < books.Steps; row++)
        {
            Assert.Equal((0, 0, 0, 0, 0), (books.Net(row), books.Gross(row), books.Cost(row), books.Turnover(row), books.Exposure[row]));
            Assert.Equal((0, 0, 0, -1), (books.Weight(row, 0), books.Held(row, 0), books.Equity[row], books.Drawdown[row]));
        }

        var parts = Contributions.Of(books, execution, Costs);
        for (var row = 0; row < books.Steps; row++) Assert.Equal(books.Gross(row), parts.LongByRow[row] + parts.ShortByRow[row], 1e-12);
        Assert.Equal(books.Column(PortfolioAccounting.Cost).Sum(), parts.Cost.Sum(), 1e-12);
        Assert.Equal(books.Column(PortfolioAccounting.Turnover).Sum(), parts.Turnover.Sum(), 1e-12);
    }

    [Fact]
    public void Keep_CostsTakeTheRest_AreCutToWhatThereWas()
    {
        var (books, execution) = Books(Fill.Close, isInGap: false, [0, 0, -0.249, 0, 0, 0, 0]);

        Assert.Equal(2, books.RuinRow);
        Assert.Equal((-0.996, 0.004, -1), (Math.Round(books.Gross(2), 12), Math.Round(books.Cost(2), 12), books.Net(2)));
        Assert.Equal(books.Cost(2), Contributions.Of(books, execution, Costs).Cost[0], 1e-12);
    }

    [Fact]
    public void Keep_LongThroughTheSplit_LivesOn() => Assert.Null(Books(Fill.Close, isInGap: false, [0.5, 0.5, 0.5, -0.5, -0.5, -0.5, -0.5]).Books.RuinRow);

    [Fact]
    public void Keep_ShortThatBorrows_TellsItFromTheCostOfTrading()
    {
        double[] targets = [-0.1, -0.05, 0.2, 0.2, 0, -0.01, 0];
        var costs = new TradingCosts(0.001, 0.002);
        var books = Books(Fill.Close, isInGap: false, targets, costs).Books;

        for (var row = 0; row < books.Steps; row++)
        {
            Assert.Equal(costs.BorrowPerBar * Math.Max(-targets[row], 0), books.Borrowing[row], 1e-15);
            Assert.Equal(books.Cost(row), costs.CostFraction * books.Turnover(row) + books.Borrowing[row], 1e-15);
        }

        Assert.Equal(books.Borrowing, OutOfSample.Series(books).Holding);
    }

    private static TradingCosts Costs => new(0.05, 0);

    private static (Ledger Books, ExecutionTable Execution) Books(Fill fill, bool isInGap, double[] targets, TradingCosts? costs = null)
    {
        var dates = Enumerable.Range(0, Split.Length).Select(day => new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(day)).ToArray();
        double[] opens = isInGap ? [.. Split] : [Split[0], .. Split[..^1]];
        var panel = new Panel(dates, ["X"], [opens], [Split], [Split], [Split], [Split]);
        var execution = ExecutionTable.Build(panel, fill);
        return (Ledger.Keep(panel, execution, 0, targets, [.. targets.Select(_ => Decision.Trade)], costs ?? Costs), execution);
    }
}
