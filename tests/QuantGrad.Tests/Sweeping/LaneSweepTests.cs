using FsCheck;
using FsCheck.Fluent;
using QuantGrad.Accounting;
using QuantGrad.MarketData;
using QuantGrad.Rules;
using QuantGrad.Strategies;
using QuantGrad.Sweeping;
using QuantGrad.Tests.Features;
using QuantGrad.Training;

namespace QuantGrad.Tests.Sweeping;

public sealed class LaneSweepTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TradingCosts Costs = TradingCosts.FromBasisPoints(2, 3, 1, 80, 252);

    [Fact]
    public void Run_RandomRulesMarketsAndFills_AgreesWithThePlainLoopsAndTheLedger() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(), seed => AgreeOn(RandomRule.Of((ulong)(uint)seed), (ulong)(uint)seed)).Check(Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(11887381263206089901, 16440061396793087799).WithEndSize(1_000_000));

    [Theory]
    [InlineData("where(sma(close, $a) > sma(close, $b), 1, -1)")]
    [InlineData("tanh($g * (ema(close, $a) - ema(close, $b)) / atr($a))")]
    [InlineData("latch(rsi(close, $a) < 50 - 10 * $g, rsi(close, $a) > 55)")]
    [InlineData("latch(close > lag(rolling_max(high, $a), 1), close < lag(rolling_min(low, $b), 1)) - 0.5")]
    [InlineData("clip(-(close - sma(close, $a)) / ($g * stdev(close, $a)), -1, 1)")]
    [InlineData("where(cross_above(ema(close, $a), ema(close, $b)), 1, where(cross_below(ema(close, $a), ema(close, $b)), -1, 0))")]
    [InlineData("sign(ret($b)) * min(1, 0.01 * $g / stdev(ret(1), $a))")]
    [InlineData("sma(ema(close, $a), $b) < close and not (stdev(ema(close, $a), 5) > $g or close > lag(smma(close, $a), $b))")]
    [InlineData("sigmoid($g * (close / rolling_max(ema(close, $a), $b) - 1)) + log($g) * exp(-$a) - sqrt($b) / 1000")]
    [InlineData("$g / 3 + 0 * close")]
    [InlineData("tanh(log(ret($a)) + sqrt(ret($b)) + ret($a) ^ $g + (ret($b) * 0) ^ -$g)")]
    public void Run_RulesOfEveryKind_AgreeWithThePlainLoopsAndTheLedger(string formula) => AgreeOn(formula, 5);

    [Fact]
    public void Run_OtherThreadsAndOtherNeighbours_GiveTheSameBits()
    {
        var rule = Rule("where(sma(close, $a) > ema(close, $b), 1, -$g)");
        var market = Market(rule, Markets.Ragged(300, 3), Fill.NextOpen);
        var points = Points(75, 9);
        BarRange[] windows = [new(0, 200), new(100, market.Execution.Steps)];
        using var sweep = new LaneSweep(rule, market);
        var together = sweep.Run(points, windows, threads: 1);
        var parallel = sweep.Run(points, windows, threads: 2);
        for (var i = 0; i < points.Length; i++)
        {
            Assert.Equal(together[i], parallel[i]);
            Assert.Equal(together[i], sweep.Run([points[i]], windows, threads: 1)[0]);
        }
    }

    private static void AgreeOn(string formula, ulong seed)
    {
        var rule = Rule(formula);
        foreach (var fill in Enum.GetValues<Fill>())
        {
            var market = Market(rule, Markets.Ragged(120 + (int)(seed % 60), seed), fill);
            var points = Points(1 + (int)(seed % 37), seed);
            BarRange[] windows = [new(0, market.Execution.Steps), new(50, 90)];
            using var sweep = new LaneSweep(rule, market);
            var swept = sweep.Run(points, windows, threads: 1);
            for (var i = 0; i < points.Length; i++)
                for (var w = 0; w < windows.Length; w++)
                    Agree(formula, points[i], SweepFigures.Of(new PlainRule(rule, market).Books(points[i], windows[w].Start, windows[w].End)), swept[i][w]);
        }
    }

    private static void Agree(string formula, double[] point, SweepFigures plain, SweepFigures lanes)
    {
        var at = $"{formula} at {string.Join(", ", point)}: {plain} against {lanes}";
        Assert.True(plain.Bars == lanes.Bars && plain.Trades == lanes.Trades, at);
        foreach (var (expected, found) in new[]
                 {
                     (plain.Sum, lanes.Sum), (plain.SumOfSquares, lanes.SumOfSquares), (plain.TotalReturn, lanes.TotalReturn), (plain.MaxDrawdown, lanes.MaxDrawdown),
                     (plain.Turnover, lanes.Turnover), (Sharpe(plain), Sharpe(lanes)),
                 })
            Assert.True(Math.Abs(expected - found) <= 1e-9 * Math.Max(1, Math.Abs(expected)) || (double.IsNaN(expected) && double.IsNaN(found)), at);
    }

    /// <summary>Returns of less than 1e-7 a bar are mostly the rounding of 1 + r − 1, and so is their ratio.</summary>
    private static double Sharpe(SweepFigures figures) => figures.SumOfSquares < 1e-14 * figures.Bars ? 0 : figures.Sharpe(252);

    private static HardRule Rule(string formula)
    {
        // Every parameter must stand in the formula.
        RuleParameter[] all = [new("a", 5, 1, 12), new("b", 10, 3, 25.5), new("g", 1, 0.2, 3)];
        return HardRule.Compile(RuleFormula.Parse(new RuleSettings(all, $"({formula}) + 0 * ($a + $b + $g)"), [], hasNetwork: false));
    }

    private static SweepMarket Market(HardRule rule, Panel panel, Fill fill) =>
        SweepMarket.Of(rule, panel, new PositionSettings(Sizing.None, 0.15, 20, 2, Portfolio.Equal), fill, Costs, Day, 252);

    private static double[][] Points(int count, ulong seed) => [.. Enumerable.Range(0, count).Select(_ => new[]
    {
        1 + 11 * Markets.Uniform(ref seed), 3 + 22.5 * Markets.Uniform(ref seed), 0.2 + 2.8 * Markets.Uniform(ref seed),
    })];
}
