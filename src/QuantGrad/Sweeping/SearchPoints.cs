using QuantGrad.Autodiff;
using QuantGrad.Rules;
using QuantGrad.Strategies;

namespace QuantGrad.Sweeping;

/// <summary>Points of a rule's box.</summary>
internal static class SearchPoints
{
    /// <summary>The points of a search, hardened.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="kind">Grid or random.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="seed">Of random points.</param>
    public static double[][] Of(HardRule rule, SearchKind kind, int most, ulong seed) => kind switch
    {
        SearchKind.Grid => Grid(Axes(rule, most)),
        SearchKind.Random => Random(rule, most, seed),
        _ => [],
    };

    /// <summary>Values along one parameter from edge to edge, evenly or by ratio; whole and each once where the rule takes it whole.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="parameter">The parameter, by its place in the file.</param>
    /// <param name="count">How many at most, at least 1; one alone is the middle of the box.</param>
    public static double[] Axis(HardRule rule, int parameter, int count)
    {
        var values = Enumerable.Range(0, count).Select(i => Value(rule, parameter, count == 1 ? 0.5 : i / (count - 1.0)));
        return [.. values.Distinct()];
    }

    /// <summary>Every combination, the last parameter running fastest.</summary>
    /// <param name="axes">Values of each parameter.</param>
    public static double[][] Grid(double[][] axes)
    {
        double[][] points = [[]];
        foreach (var axis in axes) points = [.. points.SelectMany(_ => axis, static (point, value) => (double[])[.. point, value])];
        return points;
    }

    /// <summary>The finest lattice with as many steps on every axis that has no more points than asked for.</summary>
    private static double[][] Axes(HardRule rule, int most)
    {
        var parameters = Enumerable.Range(0, rule.Parameters.Count);
        var axes = parameters.Select(parameter => Axis(rule, parameter, 1)).ToArray();
        for (var count = 2; count <= most; count++)
        {
            var finer = parameters.Select(parameter => Axis(rule, parameter, count)).ToArray();
            if (finer.Aggregate(1.0, static (product, axis) => product * axis.Length) > most) break;
            // Once every axis is full, more steps find no more whole numbers.
            if (finer.Zip(axes).All(static pair => pair.First.Length == pair.Second.Length) && count > 1000) break;
            axes = finer;
        }

        return axes;
    }

    private static double[][] Random(HardRule rule, int count, ulong seed)
    {
        var stream = RandomStream.For(seed, "search");
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, rule.Parameters.Count).Select(parameter => Value(rule, parameter, stream.NextUniform())).ToArray())];
    }

    /// <summary>The value at a share of the box.</summary>
    private static double Value(HardRule rule, int parameter, double share)
    {
        var box = rule.Parameters[parameter];
        var value = box.IsLogarithmic ? box.Min * Math.Pow(box.Max / box.Min, share) : box.Min + (box.Max - box.Min) * share;
        return rule.Harden(parameter, Math.Clamp(value, box.Min, box.Max));
    }
}
