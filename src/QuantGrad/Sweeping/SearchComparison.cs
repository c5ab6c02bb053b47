using QuantGrad.Accounting;
using QuantGrad.Training;
using QuantGrad.WalkForward;

namespace QuantGrad.Sweeping;

/// <summary>Descent beside a search of the same rule, on the same rows, by the same books of the hard rule.</summary>
/// <param name="Search">The search.</param>
/// <param name="Descent">For each fold the parameters that descent traded (of the first seed), in the file's order.</param>
/// <param name="DescentObjectives">Their objective on the train rows, by the evaluator of the search.</param>
/// <param name="DescentEvaluations">Passes over the train rows that the fold's descents took, all seeds together.</param>
/// <param name="Books">The out-of-sample books of the search's best.</param>
internal sealed record SearchComparison(
    RuleSearch Search, double[][] Descent, double[] DescentObjectives, int[] DescentEvaluations, Ledger Books)
{
    /// <summary>Searches and compares; null where the strategy asks for no search.</summary>
    /// <param name="result">The trained folds.</param>
    /// <param name="threads">Threads; nothing depends on it.</param>
    /// <param name="cancellation">Looked at between parameter sets.</param>
    public static SearchComparison? Of(OutOfSample result, int threads, CancellationToken cancellation)
    {
        var market = result.Market;
        if (RuleSearch.Run(market, threads, cancellation) is not { } search) return null;
        using var objective = new RuleObjective(market);
        var traded = result.Models.Select(model => Values(objective.Rule, model.Members[0].Rule!)).ToArray();
        var windows = market.Folds.Select(objective.Train).ToArray();
        var values = objective.Evaluate(traded, windows, threads, cancellation);
        return new SearchComparison(
            search, traded, [.. values.Select(static (row, fold) => row[fold])],
            [.. result.Models.Select(static model => model.Members.Sum(static member => member.Rule!.Evaluations))], search.OutOfSample(market));
    }

    /// <summary>The parameters as traded, with those that the file holds fixed.</summary>
    private static double[] Values(HardRule rule, RuleRecord record) =>
        [.. rule.Parameters.Select(parameter => Array.IndexOf(record.Names, parameter.Name) is >= 0 and var place ? record.Values[place] : parameter.Min)];
}
