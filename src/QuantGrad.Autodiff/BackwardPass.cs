using QuantGrad.Autodiff.Kernels;
using QuantGrad.Autodiff.Ops;

namespace QuantGrad.Autodiff;

/// <summary>What <see cref="Plan{T}.Backward"/> of one loss runs: the stages from the last to the first, with the ops that lie on a way to the loss.</summary>
internal sealed class BackwardPass
{
    private readonly HashSet<(Node Reader, int Input)> fresh = [];
    private readonly HashSet<Node> slopeTaken = [];

    internal BackwardPass(PlanLayout layout, Node loss)
    {
        var reached = new bool[layout.Graph.Nodes.Count];
        reached[loss.Index] = true;
        for (var index = loss.Index; index >= 0; index--)
            if (reached[index])
                foreach (var input in layout.Graph.Nodes[index].Inputs) reached[input.Index] = true;

        var clear = new HashSet<Node>();
        var seen = new HashSet<Node> { loss };
        var steps = new List<(Stage, Node[])>();
        foreach (var stage in layout.Stages.Reverse())
        {
            var nodes = stage.Nodes.Where(node => reached[node.Index] && layout.Differentiable[node.Index]).Reverse().ToArray();
            if (nodes.Length > 0) steps.Add((stage, nodes));
            foreach (var node in nodes)
                for (var i = 0; i < node.Inputs.Count; i++)
                {
                    var input = node.Inputs[i];
                    if (!layout.Differentiable[input.Index] || !seen.Add(input)) continue;
                    var sameRows = !stage.InBlocks || input.Shape.Kind == node.Shape.Kind;
                    if (input.Kind != NodeKind.Parameter && node.Op!.WritesFreshGradients && sameRows && node.Inputs.Count(other => other == input) == 1)
                    {
                        fresh.Add((node, i));
                        if (TakesSlope(layout, node, i)) slopeTaken.Add(input);
                    }
                    else if (input.Kind != NodeKind.Parameter) clear.Add(input);
                }
        }

        Steps = [.. steps];
        ClearedWhole = [.. clear.Where(node => !layout.IsScratch[node.Index])];
        ClearedByBlock = clear.Where(node => layout.IsScratch[node.Index]).GroupBy(node => layout.StageOf[node]).ToDictionary(group => group.Key, group => group.ToArray());
        Unreached = [.. layout.Graph.Nodes.Where(node => layout.Kept[node.Index] && layout.Needed[node.Index] && !seen.Contains(node))];
    }

    /// <summary>Stages and their ops, both backwards.</summary>
    internal (Stage Stage, Node[] Nodes)[] Steps { get; }

    /// <summary>Nodes whose gradient is set to zero at the beginning.</summary>
    internal Node[] ClearedWhole { get; }

    /// <summary>Nodes whose scratch gradient is set to zero at each block's beginning.</summary>
    internal Dictionary<Stage, Node[]> ClearedByBlock { get; }

    /// <summary>Nodes whose gradient is kept but on which the loss does not depend.</summary>
    internal Node[] Unreached { get; }

    /// <summary>Whether the gradient of a dense layer comes to it already multiplied by its tanh's slope, by its only reader.</summary>
    internal bool IsSlopeTaken(Node node) => slopeTaken.Contains(node);

    /// <summary>Whether a reader is the first to give an input its gradient, and so writes it instead of adding.</summary>
    internal bool IsFresh(Node reader, int input) => fresh.Contains((reader, input));

    private static bool TakesSlope(PlanLayout layout, Node reader, int input)
    {
        var node = reader.Inputs[input];
        return input == 0 && layout.IsScratch[node.Index] && node.Op is Dense { Activation: Activation.Tanh } && reader.Op is Dense
            && new Product(node.Shape.Width, reader.Shape.Width).FusesTanhSlope
            && layout.Graph.Nodes.Count(other => layout.Needed[other.Index] && other.Inputs.Contains(node)) == 1;
    }
}
