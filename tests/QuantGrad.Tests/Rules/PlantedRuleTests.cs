using QuantGrad.Autodiff;
using QuantGrad.MarketData;
using QuantGrad.MarketData.Synthetic;
using QuantGrad.Strategies;
using QuantGrad.Tests.WalkForward;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.Rules;

/// <summary>Markets made so that a known (fast, slow, threshold) earns most: descent finds it with a fraction of a grid's evaluations.</summary>
public class PlantedRuleTests(ITestOutputHelper output)
{
    private const int Fast = 8, Slow = 40;
    private const double Entry = 0.01, Drift = 0.0012;

    // The grid that descent is measured by: 9 fast averages by ratio, 15 slow ones, 16 thresholds.
    private static readonly double[] FastGrid = Ratios(3, 24, 9), SlowGrid = Ratios(15, 120, 15), EntryGrid = [.. Enumerable.Range(0, 16).Select(i => -0.02 + 0.004 * i)];

    [Fact, Trait("Category", "Long")]
    public void Descent_PlantedCross_EndsWithinAGridStepInNineOfTenSeeds()
    {
        var hits = 0;
        var most = 0;
        for (var seed = 1; seed <= 10; seed++)
        {
            var record = Train((ulong)seed);
            var (fast, slow, entry) = (record.Values[0], record.Values[1], record.Values[2]);
            var isNear = Near(FastGrid, fast, Fast) && Near(SlowGrid, slow, Slow) && Near(EntryGrid, entry, Entry);
            hits += isNear ? 1 : 0;
            most = Math.Max(most, record.Evaluations);
            output.WriteLine(FormattableString.Invariant($"seed {seed}: fast {fast:f2}, slow {slow:f2}, entry {entry:f4}, Sharpe {record.HardObjective:f2}, {record.Evaluations} evaluations{(isNear ? "" : ", missed")}"));
        }

        Assert.True(hits >= 9, $"{hits} of 10");
        Assert.True(most * 10 <= FastGrid.Length * SlowGrid.Length * EntryGrid.Length, $"{most} evaluations");
    }

    private static RuleRecord Train(ulong seed)
    {
        var strategy = StrategyFile.Parse(
            """
            name: planted
            data: { path: unused }
            model:
              rule:
                parameters:
                  fast:  { init: 5,  min: 3,     max: 24 }
                  slow:  { init: 80, min: 15,    max: 120 }
                  entry: { init: 0,  min: -0.02, max: 0.04 }
                position: sign(ema(close, $fast) / ema(close, $slow) - 1 - $entry)
                starts: 3
            position: { sizing: none }
            execution: { fill: close }
            training: { learning_rate: 0.15, epochs: 48, seeds: 1 }
            walk_forward: { train: 18y, validation: 0, test: 1y }
            """,
            "planted.yaml",
            [FormattableString.Invariant($"seed={seed}")]);
        var market = Preparation.Of(strategy, SmallRun.DataSet(Planted(seed)), 2);
        var trainer = new UnitTrainer(strategy, market.PeriodsPerYear, SilentProgress.Instance);
        return trainer.Train(market.View.Until(market.Folds[0].Test.Start), market.Folds[0], 0, CancellationToken.None).Rule!;
    }

    /// <summary>Tomorrow's return has the sign that the planted rule gives today, and noise.</summary>
    private static Panel Planted(ulong seed)
    {
        const int symbols = 16;
        var dates = TradingDays.Of(20);
        var prices = new PriceColumns([.. Enumerable.Range(1, symbols).Select(symbol => FormattableString.Invariant($"P{symbol}"))], dates, 6);
        for (var symbol = 0; symbol < symbols; symbol++)
        {
            var random = RandomStream.For(seed, FormattableString.Invariant($"planted {symbol}"));
            var (close, fast, slow) = (1000.0, 1000.0, 1000.0);
            for (var day = 0; day < dates.Length; day++)
            {
                close = prices.Set(symbol, day, close, close, close, close, 1000);
                fast += 2.0 / (Fast + 1) * (close - fast);
                slow += 2.0 / (Slow + 1) * (close - slow);
                close *= 1 + 0.0003 + (fast / slow - 1 > Entry ? Drift : -Drift) + 0.01 * random.NextNormal();
            }
        }

        return prices.ToPanel();
    }

    /// <summary>Within one step of the grid, whose steps are even, by ratio where its values are above 0.</summary>
    private static bool Near(double[] grid, double found, double planted) => grid[0] > 0
        ? Math.Abs(Math.Log(found / planted)) <= Math.Log(grid[1] / grid[0])
        : Math.Abs(found - planted) <= grid[1] - grid[0];

    private static double[] Ratios(double from, double to, int count) => [.. Enumerable.Range(0, count).Select(i => from * Math.Pow(to / from, i / (count - 1.0)))];
}
