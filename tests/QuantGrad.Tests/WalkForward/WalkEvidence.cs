using QuantGrad.WalkForward;

namespace QuantGrad.Tests.WalkForward;

/// <summary>One small walk, trained once, that the tests of what a run is held against look at: fills at the next open, shorts pay for borrowing.</summary>
public sealed class WalkEvidence
{
    internal OutOfSample Result { get; } = Evaluate();

    private static OutOfSample Evaluate()
    {
        var strategy = SmallRun.Strategy(Repository.PathOf("data/sample"), "data.from=2013-01-01", "data.to=2018-06-30", "execution.fill=next_open", "training.epochs=8");
        return SmallRun.Evaluate(strategy, QuantGrad.MarketData.MarketDataLoader.Load(strategy.Data.Path, new DateTime(2013, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2018, 6, 30, 0, 0, 0, DateTimeKind.Utc)));
    }
}
