using QuantGrad.Metrics.Returns;

namespace QuantGrad.Tests.WalkForward;

/// <summary>Does the machine find what is there, and nothing where nothing is?</summary>
public class PowerTests
{
    private static readonly string[] WithoutCosts =
    [
        "costs.commission_bps=0", "costs.spread_bps=0", "costs.slippage_bps=0", "costs.borrow_bps_per_year=0", "position.sizing=none",
        "walk_forward.train=4y", "walk_forward.test=2y", "walk_forward.validation=1y",
    ];

    [Fact]
    public void Walk_PlantedAutoregression_ReachesNinetyPercentOfTheAttainableSharpe()
    {
        var planted = SmallRun.Autoregressive(5, 8, 20, 0.15);
        var strategy = SmallRun.Strategy("unused", [.. WithoutCosts, "walk_forward.train=8y", "walk_forward.test=5y", "features.r1=ret(1) * 100",
            "model.network.layers=[{dense: 8, activation: tanh}]", "training.epochs=200", "training.learning_rate=0.02", "training.early_stopping=60", "training.burn_in=60"]);

        var result = SmallRun.Evaluate(strategy, SmallRun.DataSet(planted.Panel));

        var sharpe = SharpeRatio.Of(result.Ledger.NetReturns(), 252).Value;
        Assert.True(sharpe > 0.9 * planted.AttainableSharpe, $"{sharpe:f2} of {planted.AttainableSharpe:f2}");
    }

    [Fact]
    public void Walk_PureNoise_MeanSharpeIsWithinTwoStandardErrorsOfZero()
    {
        const int markets = 20;
        var strategy = SmallRun.Strategy("unused", [.. WithoutCosts, "training.epochs=20", "training.seeds=1"]);

        var sharpes = Enumerable.Range(1, markets).Select(seed =>
            SharpeRatio.Of(SmallRun.Evaluate(strategy, SmallRun.DataSet(SmallRun.Autoregressive((ulong)seed, 4, 10, 0).Panel)).Ledger.NetReturns(), 252).Value).ToArray();

        var mean = sharpes.Average();
        var error = Math.Sqrt(sharpes.Sum(sharpe => (sharpe - mean) * (sharpe - mean)) / (markets - 1) / markets);
        Assert.True(Math.Abs(mean) < 2 * error, $"{mean:f3} ± {error:f3}");
    }
}
