using QuantGrad.Accounting;
using QuantGrad.MarketData;
using QuantGrad.Strategies;
using QuantGrad.Tests.WalkForward;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.Strategies;

public class PositionSizingTests
{
    private const int Rest = 700;

    [Fact]
    public void Build_OneExchangeRests_TheOthersKeepTheirSizes()
    {
        var market = Prepare(silentBars: 1);
        Assert.Equal(Decision.None, market.Sizing.Decisions[Rest * 4]);
        for (var asset = 1; asset < 4; asset++) Assert.Equal(0.25, market.Sizing.Sizes[Rest * 4 + asset]);
        Assert.Equal(4, market.Sizing.Members[Rest]);
    }

    [Fact]
    public void Build_SilentForMoreThanTenBars_ItsShareGoesToTheOthers()
    {
        var market = Prepare(silentBars: 30);
        Assert.Equal([4, 3, 3, 4], new[] { Rest + 9, Rest + 10, Rest + 29, Rest + 30 }.Select(step => market.Sizing.Members[step]));
        Assert.Equal(Decision.CloseOut, market.Sizing.Decisions[(Rest + 10) * 4]);
        Assert.Equal(1.0 / 3, market.Sizing.Sizes[(Rest + 10) * 4 + 1]);
    }

    [Fact]
    public void BenchmarkLedger_OneExchangeRests_TradesNoMoreThanDrift()
    {
        var result = SmallRun.Evaluate(Strategy, Market(silentBars: 1));
        var row = Rest - result.First;
        Assert.InRange(result.BenchmarkLedger().Turnover(row), 0, 0.05); // a doubled share would trade a quarter of the equity
        Assert.InRange(result.BenchmarkLedger().Exposure[row], 0.95, 1.05);
    }

    [Fact]
    public void Preparation_OneOpenIsMissing_StillFillsAtOpensAndThatBarAtItsClose()
    {
        var data = Market(silentBars: 0);
        data.Panel.Open[2][Rest] = double.NaN;
        var market = Preparation.Of(StrategyOf("execution.fill="), data, threads: 1);
        Assert.Equal(Fill.NextOpen, market.Fill);
        var cell = (Rest - 1) * 4 + 2;
        Assert.Equal(data.Panel.Close[2][Rest] / data.Panel.Close[2][Rest - 1] - 1, market.Execution.Gap[cell], 1e-15);
        Assert.Equal(0, market.Execution.Hold[cell]);
    }

    private static Strategy Strategy => StrategyOf();

    private static Strategy StrategyOf(params string[] settings) => SmallRun.Strategy(".", ["position.sizing=none", "training.epochs=2", "training.burn_in=0", "training.seeds=1", .. settings]);

    private static Preparation Prepare(int silentBars) => Preparation.Of(Strategy, Market(silentBars), threads: 1);

    /// <summary>Four symbols, the first of which is silent for some bars.</summary>
    private static MarketDataSet Market(int silentBars)
    {
        var panel = SmallRun.Autoregressive(seed: 5, symbols: 4, years: 5, rho: 0.1).Panel;
        foreach (var field in new[] { panel.Open, panel.High, panel.Low, panel.Close, panel.Volume }) field[0].AsSpan(Rest, silentBars).Fill(double.NaN);
        return SmallRun.DataSet(panel);
    }
}
