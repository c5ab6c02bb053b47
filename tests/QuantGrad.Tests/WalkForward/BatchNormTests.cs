using QuantGrad.Auditing;
using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Strategies;
using QuantGrad.Tests.Exporting;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.WalkForward;

/// <summary>Batch normalisation in a strategy: trained on the window's moments, tested and served with those of the train window.</summary>
public sealed class BatchNormTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("quantgrad-batch-norm-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory, InlineData("[{dense: 4}, {batch_norm: 1e-5}]"), InlineData("[{lstm: 3}, {batch_norm: 1e-4}, {dense: 3}]")]
    public void Bundle_BatchAndStream_GiveTheRunsSignals(string layers) => BundleParity.Check(
        SmallRun.Evaluate(SequenceModelTests.With(layers, "training.learning_rate=0.03"), SequenceModelTests.MarketWithHoles()), 1, Path.Combine(folder.FullName, "model"));

    [Theory, InlineData("false"), InlineData("true")]
    public void Train_KeptMoments_AreThoseOfTheUsableTrainRows(string mirror)
    {
        var strategy = SequenceModelTests.With("[{batch_norm: 1e-5}]", "training.epochs=3", $"training.augment.mirror={mirror}", "training.weight_decay=0.1", "training.seeds=1", "walk_forward.validation=0", "model.network.scaling.clip=none");
        var market = Preparation.Of(strategy, SequenceModelTests.MarketWithHoles(), 1);
        var fold = market.Folds[0];
        var unit = new UnitTrainer(strategy, market.PeriodsPerYear, SilentProgress.Instance).Train(market.View.Until(fold.Test.Start), fold, 0, CancellationToken.None);

        // The scaled features of the decided rows have mean 0 and deviation 1; usable rows are those, and in this window no others.
        var width = market.View.FeatureCount;
        Assert.All(unit.Parameters[(2 * width)..(3 * width)], mean => Assert.Equal(0, mean, 0.05));
        Assert.All(unit.Parameters[(3 * width)..(4 * width)], variance => Assert.Equal(1, variance, 0.05));
    }

    [Theory, InlineData("training.augment.noise=1"), InlineData("training.weight_average=ema"), InlineData("training.optimizer=adamw"), InlineData("model.rule.position=tanh($k * network)")]
    public void Train_KeptMoments_AreThoseOfTheKeptWeights(string setting)
    {
        string[] rule = setting.StartsWith("model.rule", StringComparison.Ordinal) ? ["model.rule.parameters.k={init: 1, min: 0.1, max: 3}", "model.rule.starts=2"] : [];
        var strategy = SequenceModelTests.With("[{dense: 3}, {batch_norm: 1e-5}]", ["training.epochs=4", "training.learning_rate=0.1", "training.seeds=1", .. rule, setting]);
        var market = Preparation.Of(strategy, SequenceModelTests.MarketWithHoles(), 1);
        var fold = market.Folds[0];
        var unit = new UnitTrainer(strategy, market.PeriodsPerYear, SilentProgress.Instance).Train(market.View.Until(fold.Test.Start), fold, 0, CancellationToken.None);

        var window = TrainingWindow.Cut(market.View.Until(fold.TrainHorizon), fold.Train, strategy.Model.TrainingMemory());
        var again = WindowLoss<float>.Of(strategy, window, window.FeatureScaling(), market.PeriodsPerYear);
        unit.Parameters.CopyTo(again.Parameters);
        again.Evaluate(new Pass(Training: true, Seed: 0));
        again.Model.KeepBatchStatistics();
        Assert.All(unit.Parameters.Zip(again.Parameters.ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    [Theory, InlineData("[{batch_norm: 1e-5}, {dense: 3}]"), InlineData("[{gru: 3}, {batch_norm: 1e-5}]")]
    public void GradientCheckAndAudit_Hold(string layers)
    {
        var strategy = SequenceModelTests.With(layers, "training.epochs=2");
        var data = SequenceModelTests.MarketWithHoles();
        var report = StrategyGradientCheck.Run(Preparation.Of(strategy, data, 1), 8, StrategyGradientCheck.DefaultTolerance);
        Assert.True(report.Passed, string.Join("; ", report.Groups));
        Assert.Empty(StrategyAudit.Run(new AuditedPipeline(StrategyAudit.Shortened(strategy)), data, 1, CancellationToken.None).Findings);
    }
}
