namespace QuantGrad.Autodiff;

/// <summary>What a node is.</summary>
public enum NodeKind
{
    /// <summary>Data given to each plan; no gradient unless asked for.</summary>
    Input,

    /// <summary>A trained parameter, of fixed shape.</summary>
    Parameter,

    /// <summary>A fitted or fixed value of fixed shape that is not trained (the scaling's mean and standard deviation).</summary>
    Constant,

    /// <summary>The output of an op.</summary>
    Computed,
}

/// <summary>A node of a graph.</summary>
public sealed class Node
{
    internal Node(Graph graph, int index, NodeKind kind, string name, Shape shape, Op? op, Node[] inputs)
    {
        Graph = graph;
        Index = index;
        Kind = kind;
        Name = name;
        Shape = shape;
        Op = op;
        Inputs = inputs;
    }

    /// <summary>The graph that the node belongs to.</summary>
    public Graph Graph { get; }

    /// <summary>The position in the graph; inputs always come before the nodes that read them.</summary>
    public int Index { get; }

    /// <summary>What the node is.</summary>
    public NodeKind Kind { get; }

    /// <summary>A name that is unique in the graph.</summary>
    public string Name { get; }

    /// <summary>The shape.</summary>
    public Shape Shape { get; }

    /// <summary>The op of a computed node.</summary>
    public Op? Op { get; }

    /// <summary>The inputs of a computed node.</summary>
    public IReadOnlyList<Node> Inputs { get; }

    /// <summary>How a parameter begins; null for other nodes.</summary>
    public Initializer? Initializer { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shape}";
}

/// <summary>A static graph: described once, compiled to a <see cref="Plan{T}"/> for each size it is run at.</summary>
public sealed class Graph
{
    private readonly List<Node> nodes = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>All nodes, inputs before their readers.</summary>
    public IReadOnlyList<Node> Nodes => nodes;

    /// <summary>The parameters, in the order they were made (the order of <see cref="Plan{T}.Parameters"/>).</summary>
    public IEnumerable<Node> Parameters => nodes.Where(node => node.Kind == NodeKind.Parameter);

    /// <summary>Data that each plan is given.</summary>
    public Node Input(string name, Shape shape) => Append(NodeKind.Input, name, shape, null, [], null);

    /// <summary>A trained parameter of fixed shape.</summary>
    public Node Parameter(string name, Shape shape, Initializer initializer) => Append(NodeKind.Parameter, name, shape, null, [], initializer);

    /// <summary>A value of fixed shape that is set but not trained.</summary>
    public Node Constant(string name, Shape shape) => Append(NodeKind.Constant, name, shape, null, [], null);

    /// <summary>The output of an op.</summary>
    /// <exception cref="GraphException">An input does not fit the op, or belongs to another graph.</exception>
    public Node Add(string name, Op op, params Node[] inputs)
    {
        foreach (var input in inputs)
            if (!ReferenceEquals(input.Graph, this)) throw new GraphException($"{name}: the input {input.Name} belongs to another graph.");
        var shape = op.OutputShape(Array.ConvertAll(inputs, input => input.Shape));
        return Append(NodeKind.Computed, name, shape, op, inputs, null);
    }

    private Node Append(NodeKind kind, string name, Shape shape, Op? op, Node[] inputs, Initializer? initializer)
    {
        if (!names.Add(name)) throw new GraphException($"The graph has a node {name} already; names are unique.");
        var node = new Node(this, nodes.Count, kind, name, shape, op, inputs) { Initializer = initializer };
        nodes.Add(node);
        return node;
    }
}
