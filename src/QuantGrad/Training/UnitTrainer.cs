using QuantGrad.Accounting;
using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;
using QuantGrad.Autodiff.Optimizers;
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
        var (mean, deviation) = Scaling(train);
        if (strategy.Model.Rule is not null)
            return RuleDescent.Run(strategy, periodsPerYear, progress, new UnitWindows(fold.Index, seed, unitSeed, train, validation, mean, deviation), cancellation);
        var graph = StrategyGraph.Compile(strategy, 1, periodsPerYear);
        var plan = Bound(graph, train, mean, deviation);
        var check = validation.Steps - validation.Lead < 2 ? null : Bound(graph, validation, mean, deviation);
        plan.InitializeParameters(unitSeed);
        return Descend(graph, plan, check, unitSeed, fold.Index, seed, cancellation) with { FeatureMean = mean, FeatureDeviation = deviation };
    }

    /// <summary>The rows that are trained on: nothing from the first bar after the train window on is in reach.</summary>
    protected virtual TrainingWindow TrainWindow(MarketView upToTest, Fold fold) =>
        TrainingWindow.Cut(upToTest.Until(fold.TrainHorizon), fold.Train, strategy.Model.TrainingMemory());

    /// <summary>The rows that early stopping looks at: nothing of the test window is in reach.</summary>
    protected virtual TrainingWindow ValidationWindow(MarketView upToTest, Fold fold) =>
        TrainingWindow.Cut(upToTest, fold.Validation, strategy.Model.TrainingMemory());

    /// <summary>The scaling of the features, fitted on the train rows alone.</summary>
    protected virtual (double[] Mean, double[] Deviation) Scaling(TrainingWindow train) => train.FeatureScaling();

    private TrainedUnit Descend(
        StrategyGraph graph, Plan<float> plan, Plan<float>? check, ulong unitSeed, int fold, int seed, CancellationToken cancellation)
    {
        var settings = strategy.Training;
        var optimizer = settings.ToOptimizer().Build<float>(plan.Parameters.Length);
        var schedule = settings.ToSchedule();
        var stopping = new EarlyStopping(Math.Min(settings.BurnIn, settings.Epochs / 2), settings.EarlyStopping);
        var best = plan.Parameters.ToArray();
        List<double> trainCurve = [], validationCurve = [], norms = [];
        for (var epoch = 1; epoch <= settings.Epochs && !(check is not null && stopping.ShouldStop(epoch - 1)); epoch++)
        {
            cancellation.ThrowIfCancellationRequested();
            plan.Training = true;
            plan.StepSeed = RandomStream.At(unitSeed, (ulong)epoch);
            plan.Forward();
            plan.Backward(graph.Loss);
            norms.Add(GradientNorm.Of<float>(plan.ParameterGradients));
            if (!double.IsFinite(norms[^1]) || !float.IsFinite(plan.Value(graph.Loss)[0]))
            {
                throw new UsageException(FormattableString.Invariant(
                    $"Fold {fold}, seed {seed}: training diverged in epoch {epoch} (the loss or its gradient is not finite); try training.learning_rate {settings.LearningRate / 3:g2}."));
            }

            trainCurve.Add(-plan.Value(graph.Loss)[0]);
            optimizer.Step(plan.Parameters, plan.ParameterGradients, settings.LearningRate * schedule.Factor(epoch - 1, settings.Epochs));
            plan.KeepBatchStatistics();
            var objective = double.NaN;
            if (check is not null)
            {
                plan.Parameters.CopyTo(check.Parameters);
                check.Forward();
                objective = -check.Value(graph.Loss)[0];
            }

            validationCurve.Add(objective);
            if (check is null || stopping.IsBest(epoch, objective)) plan.Parameters.CopyTo(best);
            progress.Epoch(fold, seed, epoch, settings.Epochs, trainCurve[^1], objective);
        }

        var kept = check is null ? trainCurve.Count : stopping.BestEpoch;
        return new TrainedUnit(fold, seed, best, [], [], kept, [.. trainCurve], [.. validationCurve], [.. norms]);
    }

    private Plan<float> Bound(StrategyGraph graph, TrainingWindow window, double[] mean, double[] deviation)
    {
        var plan = new Plan<float>(graph.Graph, window.Size, graph.Loss);
        window.Bind(graph, plan);
        graph.BindScaling(plan, mean, deviation);
        graph.BindCosts(plan, strategy.Costs.ToTradingCosts(periodsPerYear), SmoothingEpsilon);
        return plan;
    }
}
