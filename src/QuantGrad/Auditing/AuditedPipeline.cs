using QuantGrad.MarketData;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Auditing;

/// <summary>
/// The stages that an audit runs, which are those of <see cref="Pipeline"/>. The tests of the audit put a leak into one of them and expect it to be found;
/// the command runs this class as it is.
/// </summary>
/// <param name="strategy">The strategy; the audit shortens its training, which changes what is learnt but not what may be seen.</param>
internal class AuditedPipeline(Strategy strategy)
{
    /// <summary>The strategy.</summary>
    public Strategy Strategy => strategy;

    /// <summary>Prices → features, sizes, returns, folds.</summary>
    public virtual Preparation Prepare(MarketDataSet data) => Preparation.Of(strategy, data, threads: 1);

    /// <summary>Trains one member of a fold.</summary>
    public virtual TrainedUnit Train(Preparation market, Fold fold, int seed, CancellationToken cancellation) =>
        new UnitTrainer(strategy, market.PeriodsPerYear, SilentProgress.Instance).Train(market.View.Until(fold.Test.Start), fold, seed, cancellation);

    /// <summary>The signals of a fold's model on some bars, <c>[n, A]</c>.</summary>
    public virtual double[] Signals(Preparation market, TrainedUnit unit, BarRange range) =>
        new FoldModel(strategy, [unit], market.PeriodsPerYear).Signals(market.View, range);
}
