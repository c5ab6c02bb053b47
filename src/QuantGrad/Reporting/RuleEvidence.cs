using QuantGrad.Metrics.Returns;
using QuantGrad.Rules;
using QuantGrad.Strategies;
using QuantGrad.Sweeping;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Reporting;

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
    /// <summary>Values an axis of the parameter surface.</summary>
    private const int SurfaceValues = 17;

    /// <summary>A share of the box within which an end point is said to lie at its edge.</summary>
    public const double EdgeShare = 0.02;

    /// <summary>Looks at hard rules, on average over the folds, of which the best was kept: trials for the deflated Sharpe ratio.</summary>
    public int Looks => Mean(Units, rule => rule.Looks);

    /// <summary>Passes over the train rows, on average over the folds.</summary>
    public int Evaluations => Mean(Units, rule => rule.Evaluations);

    /// <summary>The hard rule's objective over two parameters on the newest fold's train window; null where the plain evaluator does not know the rule: one parameter, a network, shares across symbols, a value each symbol.</summary>
    public RuleSurface? Surface { get; private init; }

    /// <summary>Collects the evidence; null for networks.</summary>
    /// <param name="result">The walk.</param>
    /// <param name="threads">At most so many at a time; nothing depends on it.</param>
    /// <param name="cancellation">Stops the mapping.</param>
    public static RuleEvidence? Of(OutOfSample result, int threads, CancellationToken cancellation)
    {
        if (result.Market.Strategy.Model.Rule is not { } rule) return null;
        var soft = At(result, rule.TemperatureEnd);
        var hard = rule.Harden ? result : At(result, 0);
        var newest = result.Market.Folds[^1];
        return new RuleEvidence(
            result.Market.Strategy, [.. result.Models.SelectMany(model => model.Members)],
            Sharpe(soft, soft.WindowLedger(newest.Index, newest.Train).NetReturns()), Sharpe(hard, hard.WindowLedger(newest.Index, newest.Train).NetReturns()),
            Sharpe(soft, soft.Ledger.NetReturns()), Sharpe(hard, hard.Ledger.NetReturns()))
        {
            Surface = Map(result, threads, cancellation),
        };
    }

    /// <summary>The surface over the strategy's two chosen parameters, the others where descent left them.</summary>
    private static RuleSurface? Map(OutOfSample result, int threads, CancellationToken cancellation)
    {
        var strategy = result.Market.Strategy;
        var rule = strategy.Model.Rule!;
        var shown = rule.Shown();
        if (strategy.Model.Network is not null || strategy.Position.Portfolio.LooksAcross() || rule.Parameters.Any(parameter => parameter.Each) || shown.Length < 2) return null;
        var record = result.Models[^1].Members[0].Rule!;
        var held = rule.Parameters.Select(parameter => Value(record.Names, record.Values, parameter)).ToArray();
        return RuleSurface.Of(result.Market, result.Market.Folds.Count - 1, shown[1], shown[0], held, SurfaceValues, threads, cancellation);
    }

    /// <summary>A parameter's value; the mean over the symbols where each has its own; its only one where it is held.</summary>
    internal static double Value(string[] names, double[] values, RuleParameter parameter)
    {
        var own = Enumerable.Range(0, names.Length).Where(i => names[i].Split('[')[0] == parameter.Name).Select(i => values[i]).ToArray();
        return own.Length == 0 ? parameter.Init : own.Average();
    }

    /// <summary>The parameters that lie at an edge of their box in a unit: the best may lie outside.</summary>
    public IEnumerable<string> AtEdge(TrainedUnit unit)
    {
        foreach (var (name, value) in unit.Rule!.Names.Zip(unit.Rule.Values))
        {
            var box = Strategy.Model.Rule!.Parameters.First(parameter => parameter.Name == name.Split('[')[0]);
            if (Math.Min(box.Share(value), 1 - box.Share(value)) <= EdgeShare) yield return name;
        }
    }

    private static int Mean(IReadOnlyList<TrainedUnit> units, Func<RuleRecord, int> count) =>
        (int)Math.Ceiling(units.GroupBy(unit => unit.Fold).Average(fold => fold.Sum(unit => unit.Rule is null ? 0 : count(unit.Rule))));

    private static OutOfSample At(OutOfSample result, double temperature) => OutOfSample.Evaluate(
        result.Market, [.. result.Models.Select(model => new FoldModel(result.Market.Strategy, model.Members, result.Market.PeriodsPerYear, temperature))]);

    private static double Sharpe(OutOfSample result, double[] returns) =>
        SharpeRatio.Of(returns, result.Market.PeriodsPerYear).Value;
}
