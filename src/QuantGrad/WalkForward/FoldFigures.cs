using QuantGrad.Metrics;
using QuantGrad.Metrics.Returns;
using QuantGrad.Training;

namespace QuantGrad.WalkForward;

/// <summary>The figures of one fold.</summary>
/// <param name="Fold">Its windows.</param>
/// <param name="TrainSharpe">Annual net Sharpe of the fold's model on its train rows, exact accounting, starting flat.</param>
/// <param name="ValidationSharpe">The same on its validation rows.</param>
/// <param name="TestSharpe">Annual net Sharpe of the out-of-sample rows that the fold decided.</param>
/// <param name="Epochs">Epochs trained, mean over the seeds.</param>
/// <param name="BestEpoch">Epoch whose weights were kept, mean over the seeds.</param>
/// <param name="Seeds">Members.</param>
/// <param name="TestObservations">Out-of-sample rows that the fold decided.</param>
internal sealed record FoldFigures(
    Fold Fold, MetricValue TrainSharpe, MetricValue ValidationSharpe, MetricValue TestSharpe, double Epochs, double BestEpoch, int Seeds, int TestObservations)
{
    /// <summary>The figures of every fold.</summary>
    public static FoldFigures[] Of(OutOfSample result) => [.. result.Market.Folds.Select(fold => Of(result, fold))];

    private static FoldFigures Of(OutOfSample result, Fold fold)
    {
        var first = fold.Test.Start - result.First;
        var count = Math.Clamp(result.Ledger.Steps - first, 0, fold.Test.Count);
        var members = result.Models[fold.Index].Members;
        return new FoldFigures(
            fold,
            Sharpe(result, result.WindowLedger(fold.Index, fold.Train).NetReturns()),
            Sharpe(result, result.WindowLedger(fold.Index, fold.Validation).NetReturns()),
            result.Ledger.RuinRow < first ? MetricValue.Undefined(MetricValue.Ruined) : Sharpe(result, count == 0 ? [] : result.Ledger.NetReturns().AsSpan(first, count)),
            members.Average(member => member.Epochs),
            members.Average(member => member.BestEpoch),
            members.Count,
            count);
    }

    private static MetricValue Sharpe(OutOfSample result, ReadOnlySpan<double> net) => SharpeRatio.Of(net, result.Market.PeriodsPerYear);
}
