using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Diagnosing;

/// <summary>A descent at one rate, for the comparison.</summary>
/// <param name="Name"><c>too small</c>, <c>right</c>, <c>too large</c>, or <c>as set</c>.</param>
/// <param name="Rate">The learning rate.</param>
/// <param name="Objectives">A value an epoch; it ends where the descent left the finite numbers.</param>
internal sealed record RateCurve(string Name, double Rate, double[] Objectives);

/// <summary>What training of a strategy looks like from within, on the train rows of one fold.</summary>
internal sealed class Diagnosis
{
    /// <summary>The most epochs of a descent that is watched.</summary>
    public const int MostEpochs = 60;

    // Far enough below the rate that rises fastest to crawl, and above the peak of the range test to be thrown about.
    private const double FarBelow = 30, FarAbove = 10;

    private Diagnosis(DiagnosisGround ground, IRunProgress progress, ParallelOptions parallel)
    {
        var cancellation = parallel.CancellationToken;
        Ground = ground;
        var training = ground.Strategy.Training;
        var epochs = Math.Min(training.Epochs, MostEpochs);
        var schedule = training.ToSchedule();
        progress.Message($"Watching a descent of {epochs} epochs");
        Descent = DescentTrace.Walk(ground, epoch => training.LearningRate * schedule.Factor(epoch, epochs), epochs, cancellation);
        if (Descent.Objective.Length == 0) throw new UsageException("The loss or its gradient is not finite at the first weights; look at the features.");
        Layers = new NetworkLayers(ground.Loss().Graph.Graph).Names;
        progress.Message("Trying learning rates");
        Range = RateRange.Of(ground, cancellation);
        Rates = Compare(ground, Range, epochs, parallel);
        progress.Message("Drawing the landscape of the loss");
        Landscape = Landscape.Of(ground, Descent, parallel);
        progress.Message("Following the gradient and the credit");
        Flow = GradientFlow.Of(ground, Descent);
        Credit = FeatureCredit(ground, Descent.Path[^1]);
    }

    /// <summary>What it stands on.</summary>
    public DiagnosisGround Ground { get; }

    /// <summary>The names of the layers.</summary>
    public string[] Layers { get; }

    /// <summary>The descent as the strategy sets it, watched.</summary>
    public DescentTrace Descent { get; }

    /// <summary>The learning-rate range test.</summary>
    public RateRange Range { get; }

    /// <summary>Too small, right and too large rates compared.</summary>
    public RateCurve[] Rates { get; }

    /// <summary>The loss around the descent.</summary>
    public Landscape Landscape { get; }

    /// <summary>Whether the gradient comes through.</summary>
    public GradientFlow Flow { get; }

    /// <summary>Which feature the positions on the train rows listen to.</summary>
    public CreditAssignment Credit { get; }

    /// <summary>Diagnoses a strategy.</summary>
    /// <param name="market">The market.</param>
    /// <param name="fold">The fold, from 0; null for the newest.</param>
    /// <param name="progress">Told of every stage.</param>
    /// <param name="parallel">Threads, and the cancellation, which is looked at before each epoch.</param>
    /// <exception cref="UsageException">There is no such fold, or the strategy has no network.</exception>
    public static Diagnosis Of(Preparation market, int? fold, IRunProgress progress, ParallelOptions parallel)
    {
        if (market.Strategy.Model.Rule is not null)
            throw new UsageException("diagnose looks into networks; what training made of a rule's parameters is in the report of its run.");
        var index = fold ?? market.Folds.Count - 1;
        if (index < 0 || index >= market.Folds.Count) throw new UsageException($"--fold {index}: the walk has the folds 0 to {market.Folds.Count - 1}.");
        return new Diagnosis(new DiagnosisGround(market, market.Folds[index]), progress, parallel);
    }

    private static RateCurve[] Compare(DiagnosisGround ground, RateRange range, int epochs, ParallelOptions parallel)
    {
        var right = double.IsFinite(range.Suggested) ? range.Suggested : ground.Strategy.Training.LearningRate;
        var peak = double.IsFinite(range.Peak) ? Math.Max(range.Peak, right) : right;
        (string, double)[] rates = [("too small", right / FarBelow), ("right", right), ("too large", Math.Min(10, peak * FarAbove)), ("as set", ground.Strategy.Training.LearningRate)];
        var curves = new RateCurve[rates.Length];
        Parallel.For(0, rates.Length, parallel, place =>
        {
            var (name, rate) = rates[place];
            curves[place] = new RateCurve(name, rate, DescentTrace.Walk(ground, _ => rate, epochs, parallel.CancellationToken).Objective);
        });
        return curves;
    }

    // The credit is looked for on the train rows: a diagnosis does not touch the test window.
    private static CreditAssignment FeatureCredit(DiagnosisGround ground, float[] weights)
    {
        var unit = new TrainedUnit(ground.Fold.Index, 0, weights, ground.Scaling.Mean, ground.Scaling.Deviation, 0, [], [], []);
        return CreditAssignment.Of(ground.Market, new FoldModel(ground.Strategy, [unit], ground.Market.PeriodsPerYear), ground.Fold with { Test = ground.Fold.Train });
    }
}
