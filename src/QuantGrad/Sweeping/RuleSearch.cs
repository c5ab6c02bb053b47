using QuantGrad.Accounting;
using QuantGrad.Strategies;
using QuantGrad.WalkForward;

namespace QuantGrad.Sweeping;

/// <summary>What a search has found in one fold.</summary>
/// <param name="Fold">The fold, from 0.</param>
/// <param name="Best">The index of the best parameter set on the train rows, the first of equal ones; −1 where none has an objective.</param>
/// <param name="Values">Its values, in the file's order.</param>
/// <param name="TrainObjective">Its objective on the train rows, of the hard rule with exact costs, higher is better.</param>
/// <param name="ValidationObjective">The same on the validation rows, NaN without any; the choice does not look at it, as descent's does not.</param>
/// <param name="AtEdge">For each parameter whether its value lies at an edge of a box that has room.</param>
internal sealed record FoldSearch(int Fold, int Best, double[] Values, double TrainObjective, double ValidationObjective, bool[] AtEdge);

/// <summary>A search over the hard rule, on the train windows of all folds: the rival of descent.</summary>
/// <param name="Kind">Grid or random.</param>
/// <param name="UsesLanes">Whether the vector lanes knew the objective; else every parameter set went through the plain evaluator.</param>
/// <param name="Names">The parameters, in the file's order.</param>
/// <param name="Points">The parameter sets, hardened, the same in every fold.</param>
/// <param name="TrainObjectives">Their objectives on the train rows, <c>[points][folds]</c>.</param>
/// <param name="Folds">The best of each fold.</param>
internal sealed record RuleSearch(SearchKind Kind, bool UsesLanes, string[] Names, double[][] Points, double[][] TrainObjectives, FoldSearch[] Folds)
{
    /// <summary>Passes over a fold's train rows that the search took.</summary>
    public int Evaluations => Points.Length;

    /// <summary>Searches; null where the strategy asks for no search.</summary>
    /// <param name="market">The market of a strategy with a rule.</param>
    /// <param name="threads">Threads; nothing depends on it.</param>
    /// <param name="cancellation">Looked at between parameter sets.</param>
    public static RuleSearch? Run(Preparation market, int threads, CancellationToken cancellation)
    {
        var (strategy, folds) = (market.Strategy, market.Folds);
        if (strategy.Training.Search == SearchKind.None) return null;
        using var objective = new RuleObjective(market);
        var points = SearchPoints.Of(objective.Rule, strategy.Training.Search, strategy.Training.SearchPoints, (ulong)strategy.Seed);
        var values = objective.Evaluate(points, [.. folds.Select(objective.Train), .. folds.Select(objective.Validation)], threads, cancellation);
        var found = folds.Select((fold, f) => Best(objective.Rule, fold.Index, points, values, f, folds.Count + f)).ToArray();
        return new RuleSearch(
            strategy.Training.Search, objective.UsesLanes, [.. objective.Rule.Parameters.Select(static parameter => parameter.Name)],
            points, Array.ConvertAll(values, row => row[..folds.Count]), found);
    }

    /// <summary>
    /// How many of the search's points, taken in random order, are needed on average to reach an objective: (N + 1)/(K + 1) where K of N reach it; NaN where none does.
    /// </summary>
    /// <param name="fold">The fold.</param>
    /// <param name="objective">Such as what descent has reached.</param>
    public double EvaluationsToReach(int fold, double objective)
    {
        var reaching = TrainObjectives.Count(row => row[fold] >= objective);
        return reaching == 0 ? double.NaN : (Points.Length + 1.0) / (reaching + 1);
    }

    /// <summary>The out-of-sample books of the search's rule: each fold's best on its test window, one ledger through all of them.</summary>
    /// <param name="market">The market that was searched.</param>
    public Ledger OutOfSample(Preparation market)
    {
        using var objective = new RuleObjective(market);
        var (assets, first, end) = (market.Data.Panel.Assets, market.Folds[0].Test.Start, market.Folds[^1].Test.End);
        var targets = new double[(end - first) * assets];
        foreach (var found in Folds)
        {
            if (found.Best < 0) continue;
            var (test, signals) = (market.Folds[found.Fold].Test, objective.Signals(found.Values));
            for (var cell = test.Start * assets; cell < test.End * assets; cell++)
                targets[cell - first * assets] = double.IsNaN(signals[cell]) ? 0 : signals[cell] * market.Sizing.Sizes[cell];
        }

        return Ledger.Keep(market.Data.Panel, market.Execution, first, targets, market.Sizing.Decisions.AsSpan(first * assets, targets.Length), market.Costs);
    }

    private static FoldSearch Best(HardRule rule, int fold, double[][] points, double[][] values, int train, int validation)
    {
        var best = -1;
        for (var i = 0; i < points.Length; i++)
            if (double.IsFinite(values[i][train]) && (best < 0 || values[i][train] > values[best][train])) best = i;
        return best < 0
            ? new FoldSearch(fold, best, [], double.NaN, double.NaN, [])
            : new FoldSearch(fold, best, points[best], values[best][train], values[best][validation], [.. rule.Parameters.Select((_, i) => rule.IsAtEdge(i, points[best][i]))]);
    }
}
