using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Strategies;

/// <summary>
/// How the model's scores of one date become shares of the portfolio. With <see cref="Portfolio.Equal"/> there is nothing to do: the score is the signal, and sizing
/// divides by the number of assets. The others look across the assets that are decided on at the date, the one step that an exported graph leaves to
/// its caller, since a served batch does not say which rows are of one date. The share is the signal, and sizing multiplies it: with <c>sizing: none</c> it is the weight.
/// </summary>
internal static class PortfolioHead
{
    /// <summary>Scores that differ by much less than this take a gross exposure below one, so that the rounding of nearly equal scores is not traded on.</summary>
    private const double ScoreUnit = 0.01;

    private static readonly MarketNeutral Neutral = new(ScoreUnit);

    /// <summary>Whether the shares of a date depend on one another.</summary>
    public static bool LooksAcross(this Portfolio portfolio) => portfolio != Portfolio.Equal;

    /// <summary>Appends the head to a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="portfolio">Which, looking across.</param>
    /// <param name="score">The model's scores <c>[T·A, 1]</c>.</param>
    /// <param name="alive">1 where a decision is taken, <c>[T·A, 1]</c>.</param>
    public static Node Append(Graph graph, Portfolio portfolio, Node score, Node alive) =>
        graph.Add("portfolio", portfolio == Portfolio.Softmax ? new Softmax() : Neutral, score, alive);

    /// <summary>The same for the scores of one date, outside a graph.</summary>
    /// <param name="portfolio">Which.</param>
    /// <param name="scores">Scores of the assets that are decided on in, signals out.</param>
    public static void Share(Portfolio portfolio, Span<float> scores)
    {
        if (scores.IsEmpty || portfolio == Portfolio.Equal) return;
        if (portfolio == Portfolio.Softmax) Softmax.Normalise(scores);
        else Neutral.Share(scores);
    }
}
