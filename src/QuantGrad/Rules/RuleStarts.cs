using QuantGrad.Autodiff;

namespace QuantGrad.Rules;

/// <summary>
/// Where descents begin: the first at <c>init</c>, the others spread over the box by a low-discrepancy sequence, the additive recurrence
/// u_i = frac(shift + i·(1/φ, 1/φ², …)) with φ the root of x^(d+1) = x + 1 (Roberts 2018), which fills d dimensions evenly for any number of points.
/// </summary>
internal static class RuleStarts
{
    /// <summary>How near the edge of the box a descent begins at most, as a share of it: farther out its slope is nearly gone.</summary>
    private const double Margin = 0.05;

    /// <summary>The free numbers θ of a start, one a parameter: symbols with values of their own begin at the same.</summary>
    /// <param name="rule">The rule in its graph.</param>
    /// <param name="start">From 0.</param>
    /// <param name="seed">Shifts the sequence.</param>
    public static double[] Thetas(RuleBody rule, int start, ulong seed)
    {
        var thetas = new double[rule.Parameters.Count];
        for (var i = 0; i < thetas.Length; i++)
        {
            var node = rule.Parameters[i];
            if (start == 0)
            {
                thetas[i] = node.Box.Theta(node.Parameter.Init);
                continue;
            }

            var share = Margin + (1 - 2 * Margin) * Share(start, i, thetas.Length, seed);
            thetas[i] = Math.Log(share / (1 - share));
        }

        return thetas;
    }

    /// <summary>A coordinate in [0, 1) of a point of the sequence.</summary>
    /// <param name="point">From 1.</param>
    /// <param name="dimension">From 0.</param>
    /// <param name="dimensions">How many there are.</param>
    /// <param name="seed">Shifts the sequence.</param>
    public static double Share(int point, int dimension, int dimensions, ulong seed)
    {
        var root = 2.0;
        for (var i = 0; i < 64; i++) root = Math.Pow(1 + root, 1.0 / (dimensions + 1));
        var shift = new RandomStream(RandomStream.At(seed, (ulong)dimension)).NextUniform();
        var place = shift + point * Math.Pow(1 / root, dimension + 1);
        return place - Math.Floor(place);
    }
}
