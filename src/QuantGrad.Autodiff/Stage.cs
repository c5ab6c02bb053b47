namespace QuantGrad.Autodiff;

/// <summary>
/// Ops that run together: row-wise ops of one kind of rows, which take a block of rows through all of them while it is in the cache, or ops that
/// each need their whole input.
/// </summary>
/// <param name="kind">The kind of rows; <see cref="RowKind.Fixed"/> for ops that run whole.</param>
internal sealed class Stage(RowKind kind)
{
    private readonly List<Node> nodes = [];

    /// <summary>In the graph's order.</summary>
    internal Node[] Nodes => [.. nodes];

    /// <summary>Whether the stage runs block by block.</summary>
    internal bool InBlocks => kind != RowKind.Fixed;

    /// <summary>The rows that all nodes of a stage in blocks have.</summary>
    internal int Rows(PlanSize size) => nodes[0].Shape.Rows(size);

    /// <summary>Puts each op that takes part into the first stage of its sort that comes after the stages of its inputs, or is theirs.</summary>
    internal static Stage[] Divide(Graph graph, Func<Node, bool> takesPart)
    {
        var stages = new List<(Stage Stage, RowKind Kind)>();
        var place = new int[graph.Nodes.Count];
        foreach (var node in graph.Nodes.Where(node => node.Op is not null && takesPart(node)))
        {
            var sort = node.Op!.IsRowWise ? node.Shape.Kind : RowKind.Fixed;
            var earliest = 0;
            foreach (var input in node.Inputs.Where(input => input.Op is not null && takesPart(input)))
                earliest = Math.Max(earliest, place[input.Index] + (stages[place[input.Index]].Kind == sort ? 0 : 1));
            var found = stages.FindIndex(earliest, stage => stage.Kind == sort);
            if (found < 0)
            {
                found = stages.Count;
                stages.Add((new Stage(sort), sort));
            }

            place[node.Index] = found;
            stages[found].Stage.nodes.Add(node);
        }

        return [.. stages.Select(stage => stage.Stage)];
    }
}
