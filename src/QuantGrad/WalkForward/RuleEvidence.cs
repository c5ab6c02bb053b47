using QuantGrad.Metrics;
using QuantGrad.Strategies;
using QuantGrad.Training;

namespace QuantGrad.WalkForward;

/// <summary>How the parameters of a rule were found in every fold, and what is left of the soft rule's Sharpe ratio when it is hard.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Units">The units, by fold and seed.</param>
/// <param name="SoftInSample">Annual Sharpe ratio of the newest fold's soft rule on its own train window.</param>
/// <param name="HardInSample">The same of the hard rule.</param>
/// <param name="SoftOutOfSample">Annual Sharpe ratio of the soft rules through all test windows.</param>
/// <param name="HardOutOfSample">The same of the hard rules.</param>
internal sealed record RuleEvidence(
    Strategy Strategy, IReadOnlyList<TrainedUnit> Units, double SoftInSample, double HardInSample, double SoftOutOfSample, double HardOutOfSample)
{
    /// <summary>A share of the box within which an end point is said to lie at its edge.</summary>
    public const double EdgeShare = 0.02;

    /// <summary>Looks at hard rules, on average over the folds, of which the best was kept: trials for the deflated Sharpe ratio.</summary>
    public int Looks => Mean(Units, rule => rule.Looks);

    /// <summary>Passes over the train rows, on average over the folds.</summary>
    public int Evaluations => Mean(Units, rule => rule.Evaluations);

    /// <summary>The same as <see cref="Looks"/> before the evidence is collected; 0 for networks.</summary>
    public static int LooksOf(IReadOnlyList<FoldModel> models) => Mean([.. models.SelectMany(model => model.Members)], rule => rule.Looks);

    /// <summary>Collects the evidence; null for networks.</summary>
    public static RuleEvidence? Of(OutOfSample result)
    {
        if (result.Market.Strategy.Model.Rule is not { } rule) return null;
        var soft = At(result, rule.TemperatureEnd);
        var hard = rule.Harden ? result : At(result, 0);
        var newest = result.Market.Folds[^1];
        return new RuleEvidence(
            result.Market.Strategy, [.. result.Models.SelectMany(model => model.Members)],
            Sharpe(soft, soft.WindowLedger(newest.Index, newest.Train).NetReturns()), Sharpe(hard, hard.WindowLedger(newest.Index, newest.Train).NetReturns()),
            Sharpe(soft, soft.Ledger.NetReturns()), Sharpe(hard, hard.Ledger.NetReturns()));
    }

    /// <summary>The parameters that lie at an edge of their box in a unit: the best may lie outside.</summary>
    public IEnumerable<string> AtEdge(TrainedUnit unit)
    {
        foreach (var (name, value) in unit.Rule!.Names.Zip(unit.Rule.Values))
        {
            var box = Strategy.Model.Rule!.Parameters.First(parameter => parameter.Name == name);
            if (Math.Min(box.Share(value), 1 - box.Share(value)) <= EdgeShare) yield return name;
        }
    }

    private static int Mean(IReadOnlyList<TrainedUnit> units, Func<RuleRecord, int> count) =>
        (int)Math.Ceiling(units.GroupBy(unit => unit.Fold).Average(fold => fold.Sum(unit => unit.Rule is null ? 0 : count(unit.Rule))));

    private static OutOfSample At(OutOfSample result, double temperature) => OutOfSample.Evaluate(
        result.Market, [.. result.Models.Select(model => new FoldModel(result.Market.Strategy, model.Members, result.Market.PeriodsPerYear, temperature))]);

    private static double Sharpe(OutOfSample result, double[] returns) =>
        Moments.Of(returns).Sharpe() is { IsDefined: true } sharpe ? sharpe.Value * Math.Sqrt(result.Market.PeriodsPerYear) : double.NaN;
}
