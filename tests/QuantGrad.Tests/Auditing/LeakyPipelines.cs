using QuantGrad.Auditing;
using QuantGrad.Features;
using QuantGrad.MarketData;
using QuantGrad.Strategies;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Tests.Auditing;

/// <summary>A pipeline whose prices are changed with knowledge of all of them before anything else sees them.</summary>
internal sealed class LeakyPrices(Strategy strategy, Action<Panel> leak) : AuditedPipeline(strategy)
{
    public override Preparation Prepare(MarketDataSet data)
    {
        var panel = data.Panel.Until(data.Panel.Steps);
        leak(panel);
        return base.Prepare(data with { Panel = panel });
    }
}

/// <summary>A pipeline one of whose features is changed with knowledge of all bars.</summary>
internal sealed class LeakyFeatures(Strategy strategy, Action<FeatureTable, Panel> leak) : AuditedPipeline(strategy)
{
    public override Preparation Prepare(MarketDataSet data) => Preparation.Of(Strategy, data, (formulas, panel) =>
    {
        var table = formulas.Compute(panel);
        leak(table, panel);
        return table;
    });
}

/// <summary>A pipeline that decides a step late bars already known.</summary>
internal sealed class LeakySignals(Strategy strategy) : AuditedPipeline(strategy)
{
    public override double[] Signals(Preparation market, TrainedUnit unit, BarRange range)
    {
        var later = new BarRange(range.Start + 1, Math.Min(range.End + 1, market.View.Steps));
        var signals = base.Signals(market, unit, range);
        base.Signals(market, unit, later).CopyTo(signals, 0);
        return signals;
    }
}

/// <summary>A pipeline whose training sees more than its view: each stage may be replaced by one that reads all of the market.</summary>
internal sealed class LeakyTraining(Strategy strategy) : AuditedPipeline(strategy)
{
    public Func<MarketView, Fold, TrainingWindow>? TrainRows { get; init; }

    public Func<MarketView, Fold, TrainingWindow>? ValidationRows { get; init; }

    public Func<MarketView, (double[] Mean, double[] Deviation)>? Scaling { get; init; }

    public override TrainedUnit Train(Preparation market, Fold fold, int seed, CancellationToken cancellation) =>
        new Trainer(this, market).Train(market.View.Until(fold.Test.Start), fold, seed, cancellation);

    private sealed class Trainer(LeakyTraining leaks, Preparation market) : UnitTrainer(leaks.Strategy, market.PeriodsPerYear, SilentProgress.Instance)
    {
        protected override TrainingWindow TrainWindow(MarketView upToTest, Fold fold) =>
            leaks.TrainRows is { } rows ? rows(market.View, fold) : base.TrainWindow(upToTest, fold);

        protected override TrainingWindow ValidationWindow(MarketView upToTest, Fold fold) =>
            leaks.ValidationRows is { } rows ? rows(market.View, fold) : base.ValidationWindow(upToTest, fold);

        protected override (double[] Mean, double[] Deviation) Scaling(TrainingWindow train) =>
            leaks.Scaling is { } fit ? fit(market.View) : base.Scaling(train);
    }
}
