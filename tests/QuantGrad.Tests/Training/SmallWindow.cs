using System.Numerics;
using QuantGrad.Autodiff;
using QuantGrad.Strategies;
using QuantGrad.Tests.WalkForward;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.Training;

/// <summary>The first train window of a small strategy on a small market, and its loss.</summary>
internal static class SmallWindow
{
    private static readonly QuantGrad.MarketData.Panel Prices = SmallRun.Autoregressive(seed: 3, symbols: 3, years: 4, rho: 0.2).Panel;

    /// <summary>A loss of the first fold's train rows.</summary>
    /// <param name="settings">Settings over <see cref="SmallRun.Strategy"/>.</param>
    public static WindowLoss<T> Loss<T>(params string[] settings) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var strategy = SmallRun.Strategy("unused", settings);
        var market = Preparation.Of(strategy, SmallRun.DataSet(Prices), threads: 1);
        var window = TrainingWindow.Cut(market.View.Until(market.Folds[0].TrainHorizon), market.Folds[0].Train, strategy.Model.Memory());
        var loss = WindowLoss<T>.Of(strategy, window, window.FeatureScaling(), market.PeriodsPerYear);
        loss.Model.InitializeParameters(5);
        var random = new QuantGrad.Autodiff.RandomStream(6);
        foreach (ref var weight in loss.Parameters) weight += T.CreateTruncating(0.3 * random.NextNormal());
        return loss;
    }

    /// <summary>Trains the first fold's first seed.</summary>
    public static TrainedUnit Train(params string[] settings) => Train(SilentProgress.Instance, settings);

    /// <summary>Trains the first fold's first seed.</summary>
    public static TrainedUnit Train(IRunProgress progress, params string[] settings)
    {
        var strategy = SmallRun.Strategy("unused", settings);
        var market = Preparation.Of(strategy, SmallRun.DataSet(Prices), threads: 1);
        return new UnitTrainer(strategy, market.PeriodsPerYear, progress).Train(market.View.Until(market.Folds[0].Test.Start), market.Folds[0], 0, CancellationToken.None);
    }

    /// <summary>Trains with a trainer of one's own.</summary>
    public static TrainedUnit Train(Func<Strategy, double, UnitTrainer> make, params string[] settings)
    {
        var strategy = SmallRun.Strategy("unused", settings);
        var market = Preparation.Of(strategy, SmallRun.DataSet(Prices), threads: 1);
        return make(strategy, market.PeriodsPerYear).Train(market.View.Until(market.Folds[0].Test.Start), market.Folds[0], 0, CancellationToken.None);
    }
}
