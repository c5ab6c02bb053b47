namespace QuantGrad.Autodiff;

/// <summary>Where everything lies in a plan's arrays: which nodes are needed, their offsets, and which gradients are block-sized scratch.</summary>
internal sealed class PlanLayout
{
    /// <summary>Offsets are multiples of this, and so much room is left behind each node: one vector of the widest machine.</summary>
    private const int Granule = 16;

    internal PlanLayout(Graph graph, PlanSize size, PlanOptions options, Node[] outputs)
    {
        var count = graph.Nodes.Count;
        (Graph, Size) = (graph, size);
        Needed = Ancestors(graph, outputs);
        Differentiable = new bool[count];
        Kept = new bool[count];
        foreach (var node in options.KeepGradientsOf) Kept[node.Index] = true;
        foreach (var node in graph.Nodes)
            Differentiable[node.Index] = node.Kind == NodeKind.Parameter || Kept[node.Index] || node.Inputs.Any(input => Differentiable[input.Index]);
        Still = StillNodes(options.Still);
        Stages = Stage.Divide(graph, node => Needed[node.Index] && !Still.Contains(node));
        BlockRows = options.BlockRows ?? ChooseBlockRows();
        foreach (var stage in Stages)
            foreach (var node in stage.Nodes) StageOf[node] = stage;
        PlaceValues();
        PlaceGradients();
    }

    internal Graph Graph { get; }

    internal PlanSize Size { get; }

    internal bool[] Needed { get; }

    internal bool[] Differentiable { get; }

    internal bool[] Kept { get; }

    /// <summary>Nodes that are computed once, in the graph's order.</summary>
    internal Node[] Still { get; }

    internal Stage[] Stages { get; }

    internal Dictionary<Node, Stage> StageOf { get; } = [];

    internal int BlockRows { get; }

    internal int ParameterCount { get; private set; }

    internal int ValueCount { get; private set; }

    internal int StateCount { get; private set; }

    internal int GradientCount { get; private set; }

    internal int[] Values { get; private set; } = [];

    internal int[] States { get; private set; } = [];

    internal int[] Workspaces { get; private set; } = [];

    internal int[] WorkspaceLengths { get; private set; } = [];

    internal Shape?[] StateShapes { get; private set; } = [];

    /// <summary>Offsets of the gradients; −1 where there is none.</summary>
    internal int[] Gradients { get; private set; } = [];

    /// <summary>Whether the gradient is scratch of one block: all its readers are in the node's own stage.</summary>
    internal bool[] IsScratch { get; private set; } = [];

    /// <summary>Offsets of a copy of a kept gradient that its op may overwrite; −1 where the gradient itself may be.</summary>
    internal int[] Copies { get; private set; } = [];

    /// <summary>The rows of a block of a stage that begins at a row.</summary>
    internal int RowsOfBlock(Stage stage, int firstRow) => Math.Min(BlockRows, stage.Rows(Size) - firstRow);

    private Node[] StillNodes(IReadOnlyList<Node> inputs)
    {
        var (known, still) = (new HashSet<Node>(inputs), new List<Node>());
        foreach (var node in Graph.Nodes.Where(node => node.Op is { IsRandom: false } && Needed[node.Index] && !Differentiable[node.Index] && node.Inputs.All(known.Contains)))
        {
            known.Add(node);
            still.Add(node);
        }

        return [.. still];
    }

    private void PlaceValues()
    {
        var nodes = Graph.Nodes;
        (Values, States, StateShapes) = (new int[nodes.Count], new int[nodes.Count], new Shape?[nodes.Count]);
        (Workspaces, WorkspaceLengths) = (new int[nodes.Count], new int[nodes.Count]);
        foreach (var node in Graph.Parameters)
        {
            Values[node.Index] = ParameterCount;
            ParameterCount += node.Shape.Count(Size);
        }

        ValueCount = Padded(ParameterCount);
        foreach (var node in nodes)
        {
            if (node.Kind == NodeKind.Parameter || !Needed[node.Index]) continue;
            Values[node.Index] = ValueCount;
            ValueCount += Padded(node.Shape.Count(Size));
            if (node.Op is null) continue;
            var inputs = node.Inputs.Select(input => input.Shape).ToArray();
            WorkspaceLengths[node.Index] = node.Op.WorkspaceLength(inputs, Size);
            Workspaces[node.Index] = StateCount;
            StateCount += Padded(WorkspaceLengths[node.Index]);
            if (node.Op.StateShape(inputs) is not { } state) continue;
            StateShapes[node.Index] = state;
            States[node.Index] = StateCount;
            StateCount += Padded(state.Count(Size));
        }
    }

    private void PlaceGradients()
    {
        var count = Graph.Nodes.Count;
        (Gradients, IsScratch, Copies) = (new int[count], new bool[count], new int[count]);
        Array.Fill(Gradients, -1);
        Array.Fill(Copies, -1);
        foreach (var node in Graph.Parameters) Gradients[node.Index] = Values[node.Index];
        GradientCount = Padded(ParameterCount);
        foreach (var node in Graph.Nodes.Where(node => node.Kind != NodeKind.Parameter && Needed[node.Index] && Differentiable[node.Index]))
        {
            IsScratch[node.Index] = !Kept[node.Index] && StageOf.TryGetValue(node, out var stage) && stage.InBlocks && IsReadIn(node, stage);
            Gradients[node.Index] = GradientCount;
            GradientCount += Padded(IsScratch[node.Index] ? BlockRows * node.Shape.Width : node.Shape.Count(Size));
            if (!Kept[node.Index] || node.Op is null) continue;
            Copies[node.Index] = GradientCount;
            GradientCount += Padded(StageOf[node].InBlocks ? BlockRows * node.Shape.Width : node.Shape.Count(Size));
        }
    }

    /// <summary>Whether something reads the node and all that reads it is in the stage.</summary>
    private bool IsReadIn(Node node, Stage stage)
    {
        var readers = Graph.Nodes.Where(reader => Needed[reader.Index] && reader.Inputs.Contains(node)).ToArray();
        return readers.Length > 0 && readers.All(reader => StageOf[reader] == stage);
    }

    /// <summary>As many rows as keep the values and gradients of the widest stage in a part of a second-level cache, in whole tiles and even blocks.</summary>
    private int ChooseBlockRows()
    {
        const int cacheBytes = 256 * 1024, wholeTiles = 24, least = 48, most = 960;
        var width = Stages.Where(stage => stage.InBlocks).Select(stage => stage.Nodes.Sum(node => 2 * node.Shape.Width)).DefaultIfEmpty(1).Max();
        var limit = Math.Clamp(cacheBytes / sizeof(float) / width, least, most);
        var blocks = (Size.Rows + limit - 1) / limit;
        return ((Size.Rows + blocks - 1) / blocks + wholeTiles - 1) / wholeTiles * wholeTiles;
    }

    private static int Padded(int count) => (count + Granule - 1) / Granule * Granule + Granule;

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
