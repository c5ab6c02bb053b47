using System.Numerics;

namespace QuantGrad.Autodiff;

/// <summary>
/// A graph compiled for one size: two flat arrays, values and gradients, parameters first, so that the optimiser sees one span of each.
/// Forward and Backward allocate nothing.
/// </summary>
/// <typeparam name="T">float to train, double to check.</typeparam>
public sealed class Plan<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] values;
    private readonly T[] gradients;
    private readonly T[] states;
    private readonly int[] offsets;
    private readonly int[] stateOffsets;
    private readonly Shape?[] stateShapes;
    private readonly bool[] needed;
    private readonly bool[] differentiable;
    private readonly int parameterCount;

    /// <summary>Compiles the ancestors of the given outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="size">T and A.</param>
    /// <param name="outputs">The nodes that <see cref="Forward"/> must produce; nodes that none of them needs are left out.</param>
    public Plan(Graph graph, PlanSize size, params Node[] outputs) : this(graph, size, new PlanOptions(), outputs)
    {
    }

    /// <summary>Compiles the ancestors of the given outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="size">T and A.</param>
    /// <param name="options">Blocks, and whose gradients are kept.</param>
    /// <param name="outputs">The nodes that <see cref="Forward"/> must produce; nodes that none of them needs are left out.</param>
    public Plan(Graph graph, PlanSize size, PlanOptions options, params Node[] outputs)
    {
        Graph = graph;
        Size = size;
        needed = Ancestors(graph, outputs);
        differentiable = new bool[graph.Nodes.Count];
        offsets = new int[graph.Nodes.Count];
        var next = 0;
        foreach (var node in graph.Parameters)
        {
            offsets[node.Index] = next;
            next += node.Shape.Count(size);
        }

        parameterCount = next;
        foreach (var node in graph.Nodes)
        {
            differentiable[node.Index] = node.Kind == NodeKind.Parameter || options.KeepGradientsOf.Contains(node) || node.Inputs.Any(input => differentiable[input.Index]);
            if (node.Kind == NodeKind.Parameter || !needed[node.Index]) continue;
            offsets[node.Index] = next;
            next += node.Shape.Count(size);
        }

        stateOffsets = new int[graph.Nodes.Count];
        stateShapes = new Shape?[graph.Nodes.Count];
        var nextState = 0;
        foreach (var node in graph.Nodes)
        {
            if (node.Op is not { } op || !needed[node.Index]) continue;
            stateShapes[node.Index] = op.StateShape(node.Inputs.Select(input => input.Shape).ToArray());
            stateOffsets[node.Index] = nextState;
            nextState += stateShapes[node.Index]?.Count(size) ?? 0;
        }

        values = new T[next];
        states = new T[nextState];
        gradients = new T[next];
    }

    /// <summary>The graph.</summary>
    public Graph Graph { get; }

    /// <summary>T and A.</summary>
    public PlanSize Size { get; }

    /// <summary>Whether dropout and its like are on.</summary>
    public bool Training { get; set; }

    /// <summary>The step's random seed, set by the trainer before each training step.</summary>
    public ulong StepSeed { get; set; }

    /// <summary>All parameters, in the order of <see cref="Graph.Parameters"/>.</summary>
    public Span<T> Parameters => values.AsSpan(0, parameterCount);

    /// <summary>The parameters' gradients after <see cref="Backward"/>.</summary>
    public Span<T> ParameterGradients => gradients.AsSpan(0, parameterCount);

    /// <summary>A node's values: to set those of an input or constant, to read those of an output.</summary>
    public Span<T> Value(Node node) => values.AsSpan(offsets[node.Index], node.Shape.Count(Size));

    /// <summary>A node's gradient after <see cref="Backward"/>.</summary>
    public Span<T> Gradient(Node node) => gradients.AsSpan(offsets[node.Index], node.Shape.Count(Size));

    /// <summary>Computes every needed node.</summary>
    public void Forward()
    {
        for (var index = 0; index < needed.Length; index++)
        {
            var node = Graph.Nodes[index];
            if (node.Op is { } op && needed[index]) op.Forward(new OpFrame<T>(this, node, 0, node.Shape.Rows(Size)));
        }
    }

    /// <summary>Computes the gradient of a scalar with respect to every parameter (and to every node between), after <see cref="Forward"/>.</summary>
    public void Backward(Node loss)
    {
        if (loss.Shape != Shape.Scalar) throw new GraphException($"Backward starts at a scalar; {loss} is none.");
        Array.Clear(gradients);
        gradients[offsets[loss.Index]] = T.One;
        for (var index = needed.Length - 1; index >= 0; index--)
        {
            var node = Graph.Nodes[index];
            if (node.Op is { } op && needed[index] && differentiable[index]) op.Backward(new OpFrame<T>(this, node, 0, node.Shape.Rows(Size)));
        }
    }

    /// <summary>Whether an output depends on the node.</summary>
    public bool IsNeeded(Node node) => needed[node.Index];

    internal bool HasGradient(Node node) => differentiable[node.Index];

    internal Span<T> Values(Node node, Node reader, int firstRow, int rows) => Rows(values, node, reader, firstRow, rows);

    internal Span<T> Gradients(Node node, Node reader, int firstRow, int rows) => Rows(gradients, node, reader, firstRow, rows);

    internal Span<T> State(Node node, int firstRow, int rows)
    {
        if (stateShapes[node.Index] is not { } shape) return [];
        return shape.Kind == node.Shape.Kind && shape.Kind != RowKind.Fixed
            ? states.AsSpan(stateOffsets[node.Index] + firstRow * shape.Width, rows * shape.Width)
            : states.AsSpan(stateOffsets[node.Index], shape.Count(Size));
    }

    private Span<T> Rows(T[] store, Node node, Node reader, int firstRow, int rows) =>
        node.Shape.Kind == reader.Shape.Kind && node.Shape.Kind != RowKind.Fixed
            ? store.AsSpan(offsets[node.Index] + firstRow * node.Shape.Width, rows * node.Shape.Width)
            : store.AsSpan(offsets[node.Index], node.Shape.Count(Size));

    private static bool[] Ancestors(Graph graph, Node[] outputs)
    {
        var needed = new bool[graph.Nodes.Count];
        foreach (var output in outputs) needed[output.Index] = true;
        for (var index = graph.Nodes.Count - 1; index >= 0; index--)
            if (needed[index])
                foreach (var input in graph.Nodes[index].Inputs) needed[input.Index] = true;
        return needed;
    }
}
