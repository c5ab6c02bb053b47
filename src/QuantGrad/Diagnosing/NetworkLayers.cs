using QuantGrad.Autodiff;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Diagnosing;

/// <summary>The layers of a network by the names of its nodes: <c>member0.layer2.block.weight</c> belongs to <c>layer2</c>.</summary>
internal sealed class NetworkLayers
{
    /// <summary>A value this near to the flat end of tanh or sigmoid has less than a tenth of the largest slope.</summary>
    private const double FlatTanh = 0.9486832980505138, FlatSigmoid = 0.4743416490252569;

    private readonly Node[][] parameters;
    private readonly Node?[] activations;

    /// <summary>Finds the layers.</summary>
    public NetworkLayers(Graph graph)
    {
        var groups = graph.Parameters.GroupBy(node => LayerOf(node.Name), StringComparer.Ordinal).ToArray();
        Names = [.. groups.Select(group => group.Key)];
        parameters = [.. groups.Select(group => group.ToArray())];
        activations = [.. Names.Select(name => graph.Nodes.LastOrDefault(node => LayerOf(node.Name) == name && ActivationOf(node) is not (null or Activation.Identity)))];
        Weighted = [.. Enumerable.Range(0, Names.Length).Where(layer => Names[layer] != "head" && parameters[layer].Any(node => node.Name.EndsWith(".weight", StringComparison.Ordinal) || node.Name.EndsWith(".input", StringComparison.Ordinal)))];
    }

    /// <summary>The layers that have weights, in the order of the network.</summary>
    public string[] Names { get; }

    /// <summary>The hidden layers that mix their inputs (not normalisation, not the head), by index.</summary>
    public int[] Weighted { get; }

    /// <summary>The activation that a layer ends in; null where it has none of its own.</summary>
    public Activation? ActivationAt(int layer) => activations[layer] is { } node ? ActivationOf(node) : null;

    /// <summary>Σ over a layer's parameters of a sum over their gradients (and what stands beside them).</summary>
    /// <param name="plan">A plan after a backward pass, or with gradients' places.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="values">As long as the plan's parameters.</param>
    /// <param name="sum">Sums a parameter's values.</param>
    public double Sum(Plan<float> plan, int layer, ReadOnlyMemory<double> values, Func<ReadOnlyMemory<double>, double> sum)
    {
        var (total, at) = (0.0, 0);
        foreach (var node in plan.Graph.Parameters)
        {
            var count = node.Shape.Count(plan.Size);
            if (Array.IndexOf(parameters[layer], node) >= 0) total += sum(values.Slice(at, count));
            at += count;
        }

        return total;
    }

    /// <summary>The number of a layer's parameters.</summary>
    public int Count(int layer, PlanSize size) => parameters[layer].Sum(node => node.Shape.Count(size));

    /// <summary>
    /// The share of a layer's activations that do not learn: of tanh and sigmoid values with less than a tenth of the largest slope; of ReLU's relatives the units that
    /// are below zero in every row. NaN for a layer without an activation of its own.
    /// </summary>
    public double Saturation(Plan<float> plan, int layer)
    {
        if (activations[layer] is not { } node) return double.NaN;
        var values = plan.Value(node);
        if (ActivationOf(node) is Activation.Tanh or Activation.Sigmoid)
        {
            var (flat, middle) = ActivationOf(node) == Activation.Tanh ? (FlatTanh, 0.0) : (FlatSigmoid, 0.5);
            var count = 0;
            foreach (var value in values) count += Math.Abs(value - middle) > flat ? 1 : 0;
            return (double)count / values.Length;
        }

        var (width, dead) = (node.Shape.Width, 0);
        for (var unit = 0; unit < width; unit++)
        {
            var alive = false;
            for (var i = unit; i < values.Length && !alive; i += width) alive = values[i] > 0;
            dead += alive ? 0 : 1;
        }

        return (double)dead / width;
    }

    private static Activation? ActivationOf(Node node) => node.Op switch
    {
        Dense dense => dense.Activation,
        Activate activate => activate.Activation,
        _ => null,
    };

    private static string LayerOf(string name)
    {
        var parts = name.Split('.');
        return parts.Length > 1 && parts[0].StartsWith("member", StringComparison.Ordinal) ? parts[1] : parts[0];
    }
}
