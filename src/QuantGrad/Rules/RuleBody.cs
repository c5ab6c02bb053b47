using System.Numerics;
using QuantGrad.Autodiff;

namespace QuantGrad.Rules;

/// <summary>A rule in a graph: its position, and what has to be set in a plan before it runs.</summary>
internal sealed class RuleBody
{
    internal RuleBody(RuleFormula formula, Node temperature) => (Formula, Temperature) = (formula, temperature);

    /// <summary>The formula.</summary>
    public RuleFormula Formula { get; }

    /// <summary>The constant that sharpens every step, window and extreme; 0 is the hard rule.</summary>
    public Node Temperature { get; }

    /// <summary>The position in [−1, 1], <c>[T·A, 1]</c>.</summary>
    public Node Position { get; internal set; } = null!;

    /// <summary>The trained parameters, in the file's order.</summary>
    public List<RuleParameterNode> Parameters { get; } = [];

    /// <summary>The numbers that stand in the formula.</summary>
    public List<(Node Node, double Value)> Numbers { get; } = [];

    /// <summary>The sizes of what is compared, in the order in which they can be fitted.</summary>
    public List<RuleScale> Scales { get; } = [];

    /// <summary>Bars of a symbol before its first decision: the longest look-back in the box.</summary>
    public int WarmUp { get; internal set; }

    /// <summary>Bars before the newest that the position can depend on.</summary>
    public int Memory { get; internal set; }

    /// <summary>Sets the formula's numbers, the scales and the temperature.</summary>
    /// <param name="plan">A plan of the rule's graph.</param>
    /// <param name="scales">One a comparison, in the order of <see cref="Scales"/>; empty for 1.</param>
    /// <param name="temperature">At least 0.</param>
    public void Bind<T>(Plan<T> plan, ReadOnlySpan<double> scales, double temperature) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var (node, value) in Numbers) plan.Value(node)[0] = T.CreateTruncating(value);
        for (var i = 0; i < Scales.Count; i++) plan.Value(Scales[i].Scale)[0] = T.CreateTruncating(i < scales.Length ? scales[i] : 1);
        plan.Value(Temperature)[0] = T.CreateTruncating(temperature);
    }

    /// <summary>How many free numbers θ there are: one a parameter, or one a symbol.</summary>
    public int ThetaCount => Parameters.Sum(parameter => parameter.Theta.Shape.FixedRows);

    /// <summary>The names of the values of <see cref="Values"/>: the parameter's, or <c>name[3]</c> for the fourth symbol's own.</summary>
    /// <param name="symbols">The symbols that take part, by index.</param>
    public string[] Names(int[] symbols) =>
    [
        .. Parameters.SelectMany(parameter => parameter.Parameter.Each
            ? symbols.Select(symbol => FormattableString.Invariant($"{parameter.Parameter.Name}[{symbol}]")) : [parameter.Parameter.Name]),
    ];

    /// <summary>The value of every parameter at free numbers θ, in the file's order.</summary>
    /// <param name="thetas">θ of the parameters.</param>
    /// <param name="isHard">Whether whole ones are rounded.</param>
    /// <param name="symbols">The symbols that take part, by index, whose own values are given.</param>
    public double[] Values(ReadOnlySpan<float> thetas, bool isHard, int[] symbols)
    {
        var values = new List<double>();
        foreach (var parameter in Parameters)
        {
            int[] rows = parameter.Parameter.Each ? symbols : [0];
            foreach (var row in rows)
            {
                var value = parameter.Box.Value(thetas[row]);
                values.Add(isHard ? parameter.Box.Harden(value) : value);
            }

            thetas = thetas[parameter.Theta.Shape.FixedRows..];
        }

        return [.. values];
    }

    /// <summary>Fits the scales one after the other, each on what those before it have made: the deviation of a − b over rows that have a bar, 1 where it does not vary.</summary>
    /// <param name="plan">A plan with everything else bound and its parameters set.</param>
    /// <param name="counts">For each symbol the rows from the first on that have a bar, in the order of the symbol's own bars.</param>
    public double[] FitScales(Plan<double> plan, ReadOnlySpan<int> counts)
    {
        var fitted = new double[Scales.Count];
        for (var i = 0; i < fitted.Length; i++)
        {
            plan.Forward();
            var a = plan.Value(Scales[i].A);
            var b = plan.Value(Scales[i].B);
            double sum = 0, squares = 0;
            long rows = 0;
            for (var asset = 0; asset < counts.Length; asset++)
            {
                for (var t = 0; t < counts[asset]; t++)
                {
                    var row = t * counts.Length + asset;
                    var difference = a[a.Length == 1 ? 0 : row] - b[b.Length == 1 ? 0 : row];
                    if (!double.IsFinite(difference)) continue;
                    (sum, squares, rows) = (sum + difference, squares + difference * difference, rows + 1);
                }
            }

            var mean = rows > 0 ? sum / rows : 0;
            var variance = rows > 0 ? squares / rows - mean * mean : 0;
            fitted[i] = variance > 1e-24 * (1 + mean * mean) ? Math.Sqrt(variance) : 1;
            plan.Value(Scales[i].Scale)[0] = fitted[i];
        }

        return fitted;
    }
}
