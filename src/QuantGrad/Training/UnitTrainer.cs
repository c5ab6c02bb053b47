using QuantGrad.Autodiff;
using QuantGrad.Strategies;

namespace QuantGrad.Training;

/// <summary>Trains one unit: a pure function of the strategy, the view that ends where the fold's windows end, the fold and the seed, on one thread.</summary>
/// <param name="strategy">The strategy.</param>
/// <param name="periodsPerYear">Bars a year.</param>
/// <param name="progress">Told of every epoch.</param>
internal class UnitTrainer(Strategy strategy, double periodsPerYear, IRunProgress progress)
{
    /// <summary>ε of the smoothed |x| in training, as a fraction of equity.</summary>
    public const double SmoothingEpsilon = 1e-4;

    /// <summary>Trains.</summary>
    /// <param name="upToTest">The view that ends where the fold's test window begins.</param>
    /// <param name="fold">The fold.</param>
    /// <param name="seed">Member of the ensemble, from 0.</param>
    /// <param name="cancellation">Looked at before each epoch.</param>
    /// <exception cref="PriceDataException">The train window holds nothing to decide.</exception>
    /// <exception cref="UsageException">Training diverged.</exception>
    public TrainedUnit Train(MarketView upToTest, Fold fold, int seed, CancellationToken cancellation)
    {
        var train = TrainWindow(upToTest, fold);
        var validation = ValidationWindow(upToTest, fold);
        if (train.Steps - train.Lead < 2)
        {
            throw new PriceDataException($"Fold {fold.Index}: no bar of its train window has every feature defined; begin later (data.from), "
                + "lengthen walk_forward.train or shorten the features' look-back.");
        }

        var unitSeed = RandomStream.At(RandomStream.At((ulong)strategy.Seed, (ulong)fold.Index), (ulong)seed);
        var scaling = Scaling(train);
        if (strategy.Model.Rule is not null)
            return RuleDescent.Run(strategy, periodsPerYear, progress, new UnitWindows(fold.Index, seed, unitSeed, train, validation, scaling.Mean, scaling.Deviation), cancellation);
        var loss = WindowLoss<float>.Of(strategy, train, scaling, periodsPerYear);
        var check = validation.Steps - validation.Lead < 2 ? null : WindowLoss<float>.Of(strategy, validation, scaling, periodsPerYear);
        if (check is null && fold.Validation.Count > 0 && seed == 0)
            progress.Message($"Fold {fold.Index}: fewer than 2 bars of its validation window have an outcome, so that nothing stops training early and the last weights are kept; lengthen walk_forward.validation.");
        loss.Model.InitializeParameters(unitSeed);
        var found = Descend(loss, check, unitSeed, fold.Index, seed, cancellation);
        return new TrainedUnit(fold.Index, seed, found.Parameters, scaling.Mean, scaling.Deviation, found.BestEpoch,
            found.TrainObjective, found.ValidationObjective, found.GradientNorm)
        { RateHalved = found.RateHalved };
    }

    /// <summary>The rows that are trained on: nothing from the first bar after the train window on is in reach.</summary>
    protected virtual TrainingWindow TrainWindow(MarketView upToTest, Fold fold) =>
        TrainingWindow.Cut(upToTest.Until(fold.TrainHorizon), fold.Train, strategy.Model.TrainingMemory());

    /// <summary>The rows that early stopping looks at: nothing of the test window is in reach.</summary>
    protected virtual TrainingWindow ValidationWindow(MarketView upToTest, Fold fold) =>
        TrainingWindow.Cut(upToTest, fold.Validation, strategy.Model.TrainingMemory());

    /// <summary>The scaling of the features, fitted on the train rows alone.</summary>
    protected virtual (double[] Mean, double[] Deviation) Scaling(TrainingWindow train) => train.FeatureScaling();

    private DescentResult Descend(WindowLoss<float> train, WindowLoss<float>? validation, ulong unitSeed, int fold, int seed, CancellationToken cancellation)
    {
        try
        {
            return new Descent(strategy.Training, strategy.Costs.ToTradingCosts(periodsPerYear), train, validation, unitSeed)
            {
                AfterEpoch = (epoch, objective, check) => progress.Epoch(fold, seed, epoch, strategy.Training.Epochs, objective, check),
                Halved = sentence => progress.Message($"Fold {fold}, seed {seed}: {sentence}."),
            }.Run(cancellation);
        }
        catch (UsageException fault)
        {
            throw new UsageException($"Fold {fold}, seed {seed}: {fault.Message}", fault);
        }
    }
}
