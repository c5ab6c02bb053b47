using System.Numerics;
using System.Runtime.CompilerServices;

namespace QuantGrad.Autodiff;

/// <summary>
/// A graph compiled for one size: two flat arrays, values and gradients, parameters first, so that the optimiser sees one span of each.
/// Row-wise ops run block of rows by block of rows, forwards and backwards, while the block is in the cache. Forward and Backward allocate nothing
/// (but for the first Backward of each loss).
/// </summary>
/// <typeparam name="T">float to train, double to check.</typeparam>
public sealed class Plan<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>About what one core has of a last-level cache that it shares.</summary>
    private const int SharedCacheBytes = 8 << 20;

    private readonly PlanLayout layout;
    private readonly PlanStore<T> values;
    private readonly PlanStore<T> gradients;
    private readonly PlanStore<T> states;
    private readonly Node[][] stageNodes;
    private readonly Dictionary<Node, BackwardPass> passes = [];
    private BackwardPass? pass;
    private bool stillIsComputed;

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
        layout = new PlanLayout(graph, size, options, outputs);
        stageNodes = [.. layout.Stages.Select(stage => stage.Nodes)];
        values = new PlanStore<T>(layout.ValueCount);
        states = new PlanStore<T>(layout.StateCount);
        gradients = new PlanStore<T>(layout.GradientCount);
        OutgrowsCache = (long)Unsafe.SizeOf<T>() * layout.ValueCount > SharedCacheBytes;
    }

    /// <summary>The graph.</summary>
    public Graph Graph => layout.Graph;

    /// <summary>T and A.</summary>
    public PlanSize Size => layout.Size;

    /// <summary>Whether dropout and its like are on.</summary>
    public bool Training { get; set; }

    /// <summary>The step's random seed, set by the trainer before each training step.</summary>
    public ulong StepSeed { get; set; }

    /// <summary>
    /// Rows of the series that come before this plan's first one, where the plan holds a part of it: randomness goes by the row's place in the series, so that
    /// a series in parts draws what it would draw whole. 0 at first.
    /// </summary>
    public long RowsBefore { get; set; }

    /// <summary>The memory that the plan's arrays take, in bytes: values, gradients and what ops keep.</summary>
    public long Bytes => (long)Unsafe.SizeOf<T>() * (layout.ValueCount + layout.GradientCount + layout.StateCount);

    /// <summary>All parameters, in the order of <see cref="Graph.Parameters"/>.</summary>
    public Span<T> Parameters => values.Slice(0, layout.ParameterCount);

    /// <summary>The parameters' gradients after <see cref="Backward"/>.</summary>
    public Span<T> ParameterGradients => gradients.Slice(0, layout.ParameterCount);

    /// <summary>A node's values: to set those of an input or constant, to read those of an output.</summary>
    /// <exception cref="GraphException">No output depends on the node, so that it has no place of its own.</exception>
    public Span<T> Value(Node node) => IsNeeded(node)
        ? values.Slice(layout.Values[node.Index], node.Shape.Count(Size))
        : throw new GraphException($"No output depends on {node}, so it has no value in this plan.");

    /// <summary>The gradient of a parameter, or of a node of <see cref="PlanOptions.KeepGradientsOf"/>, after <see cref="Backward"/>.</summary>
    /// <exception cref="GraphException">The node's gradient is not kept.</exception>
    public Span<T> Gradient(Node node) => node.Kind == NodeKind.Parameter || (layout.Kept[node.Index] && IsNeeded(node))
        ? gradients.Slice(layout.Gradients[node.Index], node.Shape.Count(Size))
        : throw new GraphException($"The gradient of {node} is not kept; name it in PlanOptions.KeepGradientsOf.");

    /// <summary>Whether an output depends on the node.</summary>
    public bool IsNeeded(Node node) => layout.Needed[node.Index];

    /// <summary>Lets the next <see cref="Forward"/> compute what depends on <see cref="PlanOptions.Still"/> inputs again, which have been set anew.</summary>
    public void Refresh() => stillIsComputed = false;

    /// <summary>Computes every needed node.</summary>
    public void Forward()
    {
        if (!stillIsComputed) RunWhole(layout.Still);
        stillIsComputed = true;
        for (var index = 0; index < stageNodes.Length; index++)
        {
            var stage = layout.Stages[index];
            var nodes = stageNodes[index];
            if (!stage.InBlocks)
            {
                RunWhole(nodes);
                continue;
            }

            foreach (var node in nodes) node.Op!.Prepare(WholeFrame(node), backward: false);
            var rows = stage.Rows(Size);
            for (var first = 0; first < rows; first += layout.BlockRows)
                foreach (var node in nodes) node.Op!.Forward(new OpFrame<T>(this, node, first, layout.RowsOfBlock(stage, first)));
        }
    }

    /// <summary>Computes the gradient of a scalar with respect to every parameter and every node whose gradient is kept, after <see cref="Forward"/>.</summary>
    public void Backward(Node loss)
    {
        if (loss.Shape != Shape.Scalar) throw new GraphException($"Backward starts at a scalar; {loss} is none.");
        if (!HasGradient(loss)) throw new GraphException($"{loss} depends on no parameter and on no node whose gradient is kept.");
        if (!passes.TryGetValue(loss, out pass)) passes.Add(loss, pass = new BackwardPass(layout, loss));
        ParameterGradients.Clear();
        foreach (var node in pass.ClearedWhole) Whole(node).Clear();
        foreach (var node in pass.Unreached) Whole(node).Clear();
        Whole(loss)[0] = T.One;
        foreach (var (stage, nodes) in pass.Steps)
        {
            foreach (var node in nodes) node.Op!.Prepare(WholeFrame(node), backward: true);
            if (stage.InBlocks) BackwardInBlocks(stage, nodes);
            else
                foreach (var node in nodes) node.Op!.Backward(WholeFrame(node));
        }
    }

    internal bool OutgrowsCache { get; }

    internal bool HasGradient(Node node) => layout.Differentiable[node.Index];

    internal bool IsFresh(Node reader, int input) => pass!.IsFresh(reader, input);

    internal bool IsSlopeTaken(Node node) => pass!.IsSlopeTaken(node);

    internal Span<T> Values(Node node, Node reader, int firstRow, int rows) => RowsAreReaders(node, reader)
        ? values.Slice(layout.Values[node.Index] + firstRow * node.Shape.Width, rows * node.Shape.Width)
        : Value(node);

    internal Span<T> Gradients(Node node, Node reader, int firstRow, int rows)
    {
        if (!RowsAreReaders(node, reader)) return Whole(node);
        var first = layout.IsScratch[node.Index] ? 0 : firstRow * node.Shape.Width;
        return gradients.Slice(layout.Gradients[node.Index] + first, rows * node.Shape.Width);
    }

    internal Span<T> GradientScratch(Node node, int firstRow, int rows)
    {
        var gradient = Gradients(node, node, firstRow, rows);
        if (layout.Copies[node.Index] < 0) return gradient;
        var copy = gradients.Slice(layout.Copies[node.Index], gradient.Length);
        gradient.CopyTo(copy);
        return copy;
    }

    internal Span<T> Workspace(Node node) => states.Slice(layout.Workspaces[node.Index], layout.WorkspaceLengths[node.Index]);

    internal Span<T> State(Node node, int firstRow, int rows)
    {
        if (layout.StateShapes[node.Index] is not { } shape) return [];
        return shape.Kind == node.Shape.Kind && shape.Kind != RowKind.Fixed
            ? states.Slice(layout.States[node.Index] + firstRow * shape.Width, rows * shape.Width)
            : states.Slice(layout.States[node.Index], shape.Count(Size));
    }

    private static bool RowsAreReaders(Node node, Node reader) => node.Shape.Kind == reader.Shape.Kind && node.Shape.Kind != RowKind.Fixed;

    private void RunWhole(Node[] nodes)
    {
        foreach (var node in nodes)
        {
            var frame = WholeFrame(node);
            node.Op!.Prepare(frame, backward: false);
            node.Op.Forward(frame);
        }
    }

    private void BackwardInBlocks(Stage stage, Node[] nodes)
    {
        var rows = stage.Rows(Size);
        Node[] cleared = pass!.ClearedByBlock.TryGetValue(stage, out var found) ? found : [];
        for (var first = 0; first < rows; first += layout.BlockRows)
        {
            var count = layout.RowsOfBlock(stage, first);
            foreach (var node in cleared) gradients.Slice(layout.Gradients[node.Index], count * node.Shape.Width).Clear();
            foreach (var node in nodes) node.Op!.Backward(new OpFrame<T>(this, node, first, count));
        }
    }

    private OpFrame<T> WholeFrame(Node node) => new(this, node, 0, node.Shape.Rows(Size));

    private Span<T> Whole(Node node) => gradients.Slice(layout.Gradients[node.Index], node.Shape.Count(Size));
}
